import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { listFeed } from '#db/repositories/feed-events.ts'
import { cloudEvent, type CloudEvent } from './cloud-event.ts'
import { clientWho } from './own-webhook.server.ts'

/**
 * What the caller's authority may hear behind a place of the feed, in the order of commits.
 *
 * @param after the `next` of an earlier answer; 0 begins with the first event
 * @returns the events, and where to go on: never null, since more may come
 * @throws Refusal `events.place-ahead` at `after` behind the feed's last place: a reader sent on from there would not hear what comes in between
 */
export async function readFeed(context: Context, { after, types, limit, publicUrl }: { after: number; types: readonly string[]; limit: number; publicUrl: string }): Promise<{ items: CloudEvent[]; next: string }> {
  const client = clientWho(context, 'read:feed')
  const { items, end } = await listFeed(context.db, client, { after, types, limit })
  if (after > end) throw new Refusal('invalid', 'events.place-ahead', { field: 'after', params: { end } })
  const next = items.length === limit ? items.at(-1)!.position : end
  return { items: items.map((item) => cloudEvent(item, client, { origin: context.keyring.origin, publicUrl })), next: String(next) }
}
