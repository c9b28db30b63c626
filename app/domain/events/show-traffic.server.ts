import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { listTroubledInbound, rearmInbound } from '#db/repositories/inbound-events.ts'
import { findDelivery, listAttempts, listDeliveries, type Attempt } from '#db/repositories/outbox-deliveries.ts'
import { findWebhook } from '#db/repositories/webhooks.ts'
import { listReceivers } from '#db/views/event-traffic.ts'
import { healthOf, shownUrl } from './endpoint.ts'
import { shownDelivery, type ShownDelivery } from './shown-delivery.ts'
import type { LoggedDelivery, Receiver, ShownInbound } from './shown-traffic.ts'

const MOST = 30

export type Traffic = { receivers: Receiver[]; deliveries: LoggedDelivery[]; next: string | null; inbound: ShownInbound[] }

/**
 * What goes out and what came in, for the operator: receivers with their health, the log of deliveries, and what came in and
 * was not processed. No contents and no secrets; of an address what stands before its query.
 *
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function showTraffic({ db, actor }: Context, { show, webhookId, before }: { show?: 'troubled'; webhookId?: string; before?: number }): Promise<Traffic> {
  memberWho(actor, 'see:operation')
  const [receivers, rows, inbound] = await Promise.all([
    listReceivers(db),
    listDeliveries(db, { ...(show && { show }), ...(webhookId && { webhookId }), ...(before !== undefined && { before }), limit: MOST + 1 }),
    listTroubledInbound(db, MOST),
  ])
  const named = new Map(receivers.map(({ id, office, url }) => [id, `${office} · ${new URL(url).host}`]))
  const deliveries = rows.slice(0, MOST)
  return {
    receivers: receivers.map(({ url, endedAt, pausedAt, retrying, ...one }) => ({ ...one, url: shownUrl(url), health: healthOf({ endedAt, pausedAt, retrying }), nextAttemptAt: pausedAt ? null : one.nextAttemptAt })),
    deliveries: deliveries.map((one) => ({ ...shownDelivery(one), receiver: named.get(one.webhookId) ?? '' })),
    next: rows.length > MOST ? String(deliveries.at(-1)!.id) : null,
    inbound,
  }
}

/** One delivery with every attempt. Refuses `events.no-such-delivery`. */
export async function showDelivery({ db, actor }: Context, { id }: { id: number }): Promise<ShownDelivery & { url: string; isPaused: boolean; isEnded: boolean; createdAt: Date; tries: Attempt[] }> {
  memberWho(actor, 'see:operation')
  const found = await findDelivery(db, id)
  const webhook = found && (await findWebhook(db, found.webhookId))
  if (!found || !webhook) throw new Refusal('missing', 'events.no-such-delivery')
  return { ...shownDelivery(found), url: shownUrl(webhook.url), isPaused: webhook.pausedAt !== null, isEnded: webhook.endedAt !== null, createdAt: found.createdAt, tries: await listAttempts(db, id) }
}

/** Lets an event that came in and was not processed be processed anew. Refuses `events.no-such-inbound`. */
export async function processAgain(context: Context, { id }: { id: number }): Promise<void> {
  const { accountId, organisationId } = memberWho(context.actor, 'replay:delivery')
  await transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    if (!(await rearmInbound(trx, id, at))) throw new Refusal('missing', 'events.no-such-inbound')
    await insertAudit(trx, { at, accountId, organisationId, act: 'replay:inbound', subject: String(id), traceId: context.traceId })
  })
}
