import type { Context } from '#app/domain/context.ts'
import { isRefusal, Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { lockNextInbound, saveInbound, type WaitingInbound } from '#db/repositories/inbound-events.ts'
import { readEvent, type IncomingEvent } from './cloud-event.ts'
import type { InboundHandler } from './inbound-handlers.server.ts'
import { nextAttempt } from './retry-schedule.ts'

export type Processed = { taken: number; failed: { id: number; type: string; fault: string }[]; more: boolean }

/**
 * Processes what has come in, each event in a transaction of its own and those of one subject in their order. What fails is
 * tried again on the same schedule as deliveries and stands on the operator's page; what nobody here knows is kept and marked.
 *
 * @param most how many at once
 */
export async function processInbound(context: Context, handlers: Readonly<Record<string, InboundHandler>>, most: number): Promise<Processed> {
  const done: Processed = { taken: 0, failed: [], more: true }
  while (done.taken < most) {
    const one = await processNext(context, handlers, done)
    if (!one) return { ...done, more: false }
    done.taken += 1
  }
  return done
}

async function processNext(context: Context, handlers: Readonly<Record<string, InboundHandler>>, done: Processed): Promise<boolean> {
  let current: WaitingInbound | undefined
  try {
    return await transact(context.db, async (trx) => {
      const at = await context.clock.read(trx)
      current = await lockNextInbound(trx, at)
      if (!current) return false
      await saveInbound(trx, current.id, await outcomeOf(trx, context, handlers, current, at))
      return true
    })
  } catch (error) {
    if (!current) throw error
    const { id, type } = current
    const fault = faultOf(error)
    done.failed.push({ id, type, fault })
    await fail(context, current, fault)
    return true
  }
}

async function outcomeOf(trx: Parameters<InboundHandler>[0], context: Context, handlers: Readonly<Record<string, InboundHandler>>, { type, body, organisationId, divisionCode, receivedAt, traceId }: WaitingInbound, at: Date) {
  const handle = Object.hasOwn(handlers, type) ? handlers[type] : undefined
  if (!handle) return { doneAt: at, outcome: 'unknown-type' as const, fault: null, faults: [] }
  try {
    // What a handler wrote before it refused must not stay.
    await trx.transaction((apart) => handle(apart, { ...context, traceId }, { event: eventIn(body), organisationId, divisionCode, receivedAt }))
    return { doneAt: at, outcome: 'handled' as const, fault: null, faults: [] }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { doneAt: at, outcome: 'refused' as const, fault: error.code, faults: [error, ...error.also].map(({ field, code, params }) => ({ field: field ?? '', code, params })) }
  }
}

/** As the door read it. What cannot be read today will not be readable tomorrow: that is an end, and nothing to try again. */
function eventIn(body: string): IncomingEvent {
  try {
    const { data } = readEvent(body)
    if (data) return data
  } catch {
    // No JSON is no event.
  }
  throw new Refusal('invalid', 'events.data')
}

async function fail({ db, clock }: Context, { id, tried }: WaitingInbound, fault: string): Promise<void> {
  await transact(db, async (trx) => {
    const at = await clock.read(trx)
    const next = nextAttempt(tried + 1, at)
    await saveInbound(trx, id, next ? { tried: tried + 1, nextAttemptAt: next, fault } : { tried: tried + 1, givenUpAt: at, fault })
  })
}

/** The class of a fault, and not its text, which may hold what the event said. */
function faultOf(error: unknown): string {
  const { code, name } = (typeof error === 'object' && error !== null ? error : {}) as { code?: string; name?: string }
  return String(code ?? name ?? 'Error').slice(0, 60)
}
