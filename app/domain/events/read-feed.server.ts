import type { Context } from '#app/domain/context.ts'
import { listFeed } from '#db/repositories/feed-events.ts'
import { cloudEvent, type CloudEvent } from './cloud-event.ts'
import { clientWho } from './own-webhook.server.ts'

/**
 * What the caller's authority may hear behind a place of the feed, in the order of commits.
 *
 * @param after the `next` of an earlier answer; 0 begins with the first event
 * @returns the events, and where to go on: never null, since more may come
 */
export async function readFeed(context: Context, { after, types, limit, publicUrl }: { after: number; types: readonly string[]; limit: number; publicUrl: string }): Promise<{ items: CloudEvent[]; next: string }> {
  const client = clientWho(context, 'read:feed')
  const { items, end } = await listFeed(context.db, client, { after, types, limit })
  const next = items.length === limit ? items.at(-1)!.position : Math.max(after, end)
  return { items: items.map((item) => cloudEvent(item, client, { origin: context.keyring.origin, publicUrl })), next: String(next) }
}
