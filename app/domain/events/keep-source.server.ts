import type { Client } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import { refuseUnmet, type Condition } from '#app/domain/cases/condition.ts'
import type { Context } from '#app/domain/context.ts'
import { answerOnce, type Answered } from '#app/domain/accounts/answer-once.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { endSource, insertSource, listSourcesOf } from '#db/repositories/inbound-events.ts'
import { lockOffice } from '#db/repositories/webhooks.ts'
import { MOST_OF_ONE } from './endpoint.ts'
import { clientWho } from './own-webhook.server.ts'
import { sharedSecret } from './standard-webhook.ts'

export type ShownSource = { id: string; source: string; since: string }

/** The sources under which the caller's authority sends events in. */
export async function listSources(context: Context): Promise<ShownSource[]> {
  const { organisationId } = clientWho(context, 'send:events')
  return (await listSourcesOf(context.db, organisationId)).map(shown)
}

/**
 * Registers a source of events of the caller's authority. The answer that is kept under the key has no secret in it.
 *
 * @returns the answer with the secret that signs its events, said here and nowhere else
 * @throws Refusal `events.source-taken`, `events.too-many`; `guard.still-running`, `guard.other-request` of the key
 */
export async function registerSource(context: Context & { actor: Client }, { source, idempotency }: { source: string; idempotency: { key: string; requestHash: string } }): Promise<Answered & { replayed: boolean }> {
  const client = clientWho(context, 'send:events')
  const { organisationId, clientId } = client
  const answered = await answerOnce(context, idempotency, async (trx) => {
    await lockOffice(trx, organisationId)
    const own = await listSourcesOf(trx, organisationId)
    if (own.some((one) => one.source === source)) throw new Refusal('conflict', 'events.source-taken', { field: 'source' })
    if (own.length >= MOST_OF_ONE) throw new Refusal('conflict', 'events.too-many', { params: { most: MOST_OF_ONE } })
    const made = { id: newId(), organisationId, source, createdAt: await context.clock.read(trx) }
    await insertSource(trx, { ...made, clientId })
    await insertAudit(trx, { at: made.createdAt, accountId: null, organisationId, clientId, act: 'send:events', subject: made.id, details: { begun: true, source }, traceId: context.traceId })
    return { status: 201, body: JSON.stringify(shown(made)) }
  })
  if (answered.status !== 201) return answered
  const made = JSON.parse(answered.body) as ShownSource
  return { ...answered, body: JSON.stringify({ ...made, secret: sharedSecret(context.keyring, 'event-source', made.id) }) }
}

/** Ends a source: nothing signed by its secret is taken any more. One that ended before is left as it is. Refuses `events.no-such-source` for another authority's too, and what {@link refuseUnmet} does where `condition` says what it must be. */
export async function endEventSource(context: Context, { id, condition }: { id: string; condition?: Condition | undefined }): Promise<void> {
  const { organisationId, clientId } = clientWho(context, 'send:events')
  if (!isUuid(id)) throw new Refusal('missing', 'events.no-such-source')
  await transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    await lockOffice(trx, organisationId)
    const standing = (await listSourcesOf(trx, organisationId)).find((one) => one.id === id)
    // One that has ended may be ended again by whoever heard no answer.
    if (condition && standing) refuseUnmet(condition, shown(standing))
    if (!(await endSource(trx, { id, organisationId, at }))) throw new Refusal('missing', 'events.no-such-source')
    await insertAudit(trx, { at, accountId: null, organisationId, clientId, act: 'send:events', subject: id, details: { ended: true }, traceId: context.traceId })
  })
}

function shown({ id, source, createdAt }: { id: string; source: string; createdAt: Date }): ShownSource {
  return { id, source, since: createdAt.toISOString() }
}
