import type { Context } from '#app/domain/context.ts'
import { listDeliveries } from '#db/repositories/outbox-deliveries.ts'
import { clientWho, ownWebhook } from './own-webhook.server.ts'
import { shownDelivery, type ShownDelivery } from './shown-delivery.ts'

/** The log of one receiver, newest first. Refuses `events.no-such-webhook`. */
export async function findDeliveries(context: Context, { webhookId, show, before, limit }: { webhookId: string; show?: 'troubled'; before?: number; limit: number }): Promise<{ items: ShownDelivery[]; next: string | null }> {
  const { id } = await ownWebhook(context.db, clientWho(context, 'keep:webhook'), webhookId)
  const rows = await listDeliveries(context.db, { webhookId: id, ...(show && { show }), ...(before !== undefined && { before }), limit: limit + 1 })
  const items = rows.slice(0, limit)
  return { items: items.map(shownDelivery), next: rows.length > limit ? String(items.at(-1)!.id) : null }
}
