import type { Knex } from 'knex'
import { z } from 'zod'
import { text } from '#app/domain/accounts/text.ts'
import { CaseNumber } from '#app/domain/cases/case.ts'
import { CASE_STATES, type CaseStateNumber } from '#app/domain/cases/case-state.ts'
import { enterState } from '#app/domain/guard/keep-case.server.ts'
import type { Context } from '#app/domain/context.ts'
import { isRefusal, Refusal, together, type RefusalCode, type RefusalParams } from '#app/domain/refusal.ts'
import { findOrganisation } from '#db/repositories/organisations.ts'
import type { IncomingEvent } from './cloud-event.ts'

/** An event with the authority whose case system sent it. */
export type Incoming = { event: IncomingEvent; organisationId: string; divisionCode: string; receivedAt: Date }

/**
 * Does what an event of one type demands, in the transaction that marks it as done: everything or nothing. The same event
 * comes once; a refusal is kept as its end, and anything else that is thrown is tried again later.
 */
export type InboundHandler = (trx: Knex.Transaction, context: Context, incoming: Incoming) => Promise<void>

/** What is done with events that come in, by their whole type. A type that is not here is kept and marked as unknown. */
export const INBOUND_HANDLERS: Readonly<Record<string, InboundHandler>> = {
  'case.state-entered.v1': enterStateOf,
}

/** `subject` is the case, `time` when it came into the state; what the event leaves out of `time` is the instant of its arrival. */
const StateEntered = z.object({
  subject: CaseNumber,
  time: z.string().nullish(),
  data: z.strictObject({ state: z.number('cases.state').refine((state): state is CaseStateNumber => state in CASE_STATES, 'cases.state'), note: text({ least: 0, most: 500 }).default('') }),
})

async function enterStateOf(trx: Knex.Transaction, context: Context, { event, organisationId, divisionCode, receivedAt }: Incoming): Promise<void> {
  const read = StateEntered.safeParse(event)
  if (!read.success) throw together(read.error.issues.map(({ message, path, ...issue }) => new Refusal('invalid', /^[a-z]+\.[a-z-]+$/.test(message) ? (message as RefusalCode) : 'events.data', { field: path.join('.'), params: ('params' in issue ? issue.params : {}) as RefusalParams })))
  const { subject: number, time, data: { state, note } } = read.data
  const { uscc } = (await findOrganisation(trx, organisationId))!
  try {
    await enterState(trx, context, { organisationId, uscc: uscc!, divisionCode }, { number, state, note, at: time ? new Date(time) : receivedAt, toldAt: receivedAt })
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw together([error, ...error.also].map(({ kind, code, params, field }) => new Refusal(kind, code, { params, field: placeInEvent(field) })))
  }
}

/** Where in the event that stands which is wrong in its case. */
function placeInEvent(field = ''): string {
  if (field.endsWith('.at')) return 'time'
  if (field.startsWith('states.')) return 'data.state'
  return 'subject'
}
