import type { Client } from '#app/domain/accounts/actor.ts'
import { refuseUnmet, type Condition } from '#app/domain/cases/condition.ts'
import type { Context } from '#app/domain/context.ts'
import { answerOnce, type Answered } from '#app/domain/accounts/answer-once.server.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { countBacklogs, rearm } from '#db/repositories/outbox-deliveries.ts'
import { endPause, endWebhook, findWebhook, listWebhooksOf } from '#db/repositories/webhooks.ts'
import { clientWho, lockOwnWebhook, ownWebhook } from './own-webhook.server.ts'
import { shownWebhook, type ShownWebhook } from './shown-webhook.ts'

/** The receivers of the caller's authority, each with its health and what waits for it. */
export async function listWebhooks(context: Context): Promise<ShownWebhook[]> {
  const { organisationId } = clientWho(context, 'keep:webhook')
  const webhooks = await listWebhooksOf(context.db, organisationId)
  const backlogs = await countBacklogs(context.db, webhooks.map(({ id }) => id))
  return webhooks.map((webhook) => shownWebhook(webhook, backlogs.get(webhook.id)))
}

/** One receiver. Refuses `events.no-such-webhook`. */
export async function showWebhook(context: Context, { id }: { id: string }): Promise<ShownWebhook> {
  const webhook = await ownWebhook(context.db, clientWho(context, 'keep:webhook'), id)
  return shownWebhook(webhook, (await countBacklogs(context.db, [id])).get(id))
}

/** Ends a receiver: nothing more is sent to it. Its log stays. One that ended before is left as it is, so that who heard no answer may ask again. Refuses `events.no-such-webhook`, and what {@link refuseUnmet} does where `condition` says what it must be. */
export async function unsubscribe(context: Context, { id, condition }: { id: string; condition?: Condition | undefined }): Promise<void> {
  const client = clientWho(context, 'keep:webhook')
  await transact(context.db, async (trx) => {
    const webhook = await lockOwnWebhook(trx, client, id, { ended: true })
    if (webhook.endedAt) return
    if (condition) refuseUnmet(condition, shownWebhook(webhook, (await countBacklogs(trx, [id])).get(id)))
    const at = await context.clock.read(trx)
    await endWebhook(trx, id, at)
    await insertAudit(trx, { at, accountId: null, organisationId: client.organisationId, clientId: client.clientId, act: 'keep:webhook', subject: id, details: { ended: true }, traceId: context.traceId })
  })
}

/**
 * Lets a receiver that was disabled hear again: what waited and what was given up is sent from the first attempt on, in
 * its order. One that is well is left as it is. Refuses `events.no-such-webhook`.
 */
export async function resumeWebhook(context: Context & { actor: Client }, { id, idempotency }: { id: string; idempotency: { key: string; requestHash: string } }): Promise<Answered> {
  const client = clientWho(context, 'keep:webhook')
  await ownWebhook(context.db, client, id)
  return answerOnce(context, idempotency, async (trx) => {
    await lockOwnWebhook(trx, client, id)
    const at = await context.clock.read(trx)
    if (await endPause(trx, id, at)) {
      await rearm(trx, { givenUpOf: id }, at)
      await rearm(trx, { waitingOf: id }, at)
      await insertAudit(trx, { at, accountId: null, organisationId: client.organisationId, clientId: client.clientId, act: 'keep:webhook', subject: id, details: { resumed: true }, traceId: context.traceId })
    }
    return { status: 200, body: JSON.stringify(shownWebhook((await findWebhook(trx, id))!, (await countBacklogs(trx, [id])).get(id))) }
  })
}
