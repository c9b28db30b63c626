import type { Knex } from 'knex'
import { memberWho, type Client } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { answerOnce, type Answered } from '#app/domain/accounts/answer-once.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { findDelivery, rearm, type Delivery } from '#db/repositories/outbox-deliveries.ts'
import { endPause, lockWebhook } from '#db/repositories/webhooks.ts'
import { clientWho, lockOwnWebhook, ownWebhook } from './own-webhook.server.ts'
import { shownDelivery } from './shown-delivery.ts'

/**
 * Sends a past delivery of the caller's own receiver again, whatever became of it: the same event under the same
 * `webhook-id`, beginning with the first attempt. Refuses `events.no-such-webhook`, `events.no-such-delivery`, `events.paused`.
 */
export async function replayDelivery(context: Context & { actor: Client }, { webhookId, id, idempotency }: { webhookId: string; id: number; idempotency: { key: string; requestHash: string } }): Promise<Answered> {
  const client = clientWho(context, 'keep:webhook')
  await ownWebhook(context.db, client, webhookId)
  return answerOnce(context, idempotency, async (trx) => {
    const { pausedAt } = await lockOwnWebhook(trx, client, webhookId)
    const delivery = await findDelivery(trx, id)
    if (!delivery || delivery.webhookId !== webhookId) throw new Refusal('missing', 'events.no-such-delivery')
    if (pausedAt) throw new Refusal('conflict', 'events.paused')
    const again = await sendAgain(trx, context, delivery, { accountId: null, organisationId: client.organisationId, clientId: client.clientId })
    return { status: 202, body: JSON.stringify(shownDelivery(again)) }
  })
}

/** The same by an operator who helps. A receiver that was disabled is let hear again with it, and so is all that waited. Refuses `events.no-such-delivery`. */
export async function replayForOthers(context: Context, { id }: { id: number }): Promise<void> {
  const { accountId, organisationId } = memberWho(context.actor, 'replay:delivery')
  await transact(context.db, async (trx) => {
    const found = await findDelivery(trx, id)
    const webhook = found && (await lockWebhook(trx, found.webhookId))
    if (!found || !webhook || webhook.endedAt) throw new Refusal('missing', 'events.no-such-delivery')
    const at = await context.clock.read(trx)
    if (await endPause(trx, webhook.id, at)) {
      await rearm(trx, { givenUpOf: webhook.id }, at)
      await rearm(trx, { waitingOf: webhook.id }, at)
    }
    await sendAgain(trx, context, found, { accountId, organisationId })
  })
}

async function sendAgain(trx: Knex.Transaction, { clock, traceId }: Context, { id, webhookId }: Delivery, by: { accountId: string | null; organisationId: string; clientId?: string }): Promise<Delivery> {
  const at = await clock.read(trx)
  await rearm(trx, { id }, at)
  await insertAudit(trx, { at, ...by, act: 'replay:delivery', subject: webhookId, details: { delivery: id }, traceId })
  return (await findDelivery(trx, id))!
}
