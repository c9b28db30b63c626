import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import { chainOf, prefixOf } from '#app/domain/divisions/division.ts'
import type { FeedEvent } from '#app/domain/events/cloud-event.ts'
import type { Hearer } from '#app/domain/events/hearing.ts'

export const FEED_COLUMNS = { position: 'feed.position', eventId: 'feed.event_id', type: 'feed.type', subject: 'feed.subject', caseNumber: 'feed.case_number', authorityId: 'feed.authority_id', audience: 'feed.audience', divisionCode: 'feed.division_code', data: 'feed.data', at: 'feed.at' } as const

export type NewFeedEvent = Omit<FeedEvent, 'position'>

/** Puts events at the end of the feed, in this order. Only the reader `webhooks` of the outbox does, one at a time. */
export async function insertFeedEvents(trx: Knex.Transaction, events: readonly NewFeedEvent[]): Promise<FeedEvent[]> {
  if (events.length === 0) return []
  const rows: { position: number; eventId: string }[] = await trx('feed_events')
    .insert(events.map((event) => ({ event_id: event.eventId, type: event.type, subject: event.subject, case_number: event.caseNumber, authority_id: event.authorityId, audience: event.audience, division_code: event.divisionCode, data: JSON.stringify(event.data), at: event.at })))
    .returning(['position', 'event_id as eventId'])
  const positions = new Map(rows.map(({ eventId, position }) => [eventId, position]))
  return events.map((event) => ({ ...event, position: positions.get(event.eventId)! }))
}

/**
 * What this authority may hear behind a position, in order: the twin of `mayHear` in app/domain/events/hearing.ts.
 * `end` is the feed's own last position in the same look, so that a reader with little to hear need not read the rest again.
 */
export async function listFeed(db: Database, { organisationId, divisionCode }: Hearer, { after, types, limit }: { after: number; types: readonly string[]; limit: number }): Promise<{ items: FeedEvent[]; end: number }> {
  const heard = db('feed_events as feed')
    .where('feed.position', '>', after)
    .where((may) =>
      may
        .where('feed.authority_id', organisationId)
        .orWhere((near) => near.where('feed.audience', 'division').whereLike('feed.division_code', `${prefixOf(divisionCode)}%`))
        .orWhere((listed) => listed.where('feed.audience', 'list').whereIn('feed.division_code', chainOf(divisionCode))),
    )
    .modify((query) => types.length > 0 && query.whereIn('feed.type', [...types]))
    .orderBy('feed.position')
    .limit(limit)
    .select(FEED_COLUMNS)
  // One statement, one snapshot: nothing can be counted into the end that was not looked at.
  const [{ items, end }] = (await db.select(db.raw('(select coalesce(json_agg(heard order by heard.position), ?) from (?) as heard) as items', ['[]', heard]), db.raw('(select coalesce(max(position), 0) from feed_events) as "end"'))) as [{ items: (Omit<FeedEvent, 'at'> & { at: string })[]; end: number }]
  return { items: items.map((item) => ({ ...item, at: new Date(item.at) })), end }
}

export type TenderPlace = { tender: string; divisionCode: string; caseNumber: string | null; authorityId: string | null }

/** Where tenders are, and the cases they were opened for. */
export async function listTenderPlaces(db: Database, numbers: readonly string[]): Promise<TenderPlace[]> {
  if (numbers.length === 0) return []
  return db('tenders')
    .leftJoin('cases_of_tenders as opened', 'opened.tender', 'tenders.number')
    .whereIn('tenders.number', [...new Set(numbers)])
    .select({ tender: 'tenders.number', divisionCode: 'tenders.division_code', caseNumber: 'opened.case_number', authorityId: 'opened.authority_id' })
}

/** By unified credit code, each asked once; codes that are not registered are left out. */
export async function listOrganisationIds(db: Database, usccs: readonly string[]): Promise<Map<string, string>> {
  if (usccs.length === 0) return new Map()
  const rows: { uscc: string; id: string }[] = await db('organisations').whereIn('uscc', [...new Set(usccs)]).select('uscc', 'id')
  return new Map(rows.map(({ uscc, id }) => [uscc, id]))
}
