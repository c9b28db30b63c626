import type { Database } from '#app/domain/context.ts'
import type { Method } from '#app/domain/tenders/tender.ts'

export type PublishedTender = {
  number: string
  title: string
  service: string
  service_code: string
  aliases: string[]
  /** Null where the owner is a natural person, whose name is never read into the index. */
  owner: string | null
  project: string | null
  project_code: string
  winner: string | null
  ceiling_fen: number
  method: Method
  published_at: Date
  closes_at: Date
  settled_at: Date | null
  binds_at: Date | null
  outcome: 'awarded' | 'failed' | 'cancelled' | 'suspended' | null
}

/** Published tenders by their numbers, with how they ended. What is a draft has no number and is never here. */
export async function publishedTenders(db: Database, numbers: readonly string[]): Promise<PublishedTender[]> {
  const { rows } = await db.raw<{ rows: PublishedTender[] }>(
    `select t.number, t.title, l.name as service, l.code as service_code, l.aliases, t.project_code, t.ceiling_fen, t.method, t.published_at, least(t.closes_at, (select cancelled_at from tender_cancellations ended where ended.tender_id = t.id)) as closes_at, t.settled_at,
            -- While an objection waits nobody knows when the award will bind.
            case when exists (select from open_objections waiting where waiting.tender_id = t.id) then timestamptz '9999-12-31 00:00Z' else awards.publicity_ends_at end as binds_at,
            case when owners.kind = 'organisation' then owners.name end as owner,
            case when owners.kind = 'organisation' then p.name end as project,
            case when winners.kind = 'organisation' then winners.name end as winner,
            case when exists (select from standing_suspensions held where held.tender_id = t.id) then 'suspended'
                 when t.settled_at is null then null
                 when exists (select from tender_cancellations ended where ended.tender_id = t.id) then 'cancelled'
                 when awards.tender_id is null then 'failed' else 'awarded' end as outcome
     from tenders t join listings l on l.id = t.listing_id join projects p on p.code = t.project_code join organisations owners on owners.id = t.owner_id
     left join standing_awards as awards on awards.tender_id = t.id left join bids on bids.id = awards.bid_id left join organisations winners on winners.id = bids.agency_id
     where t.number = any (:numbers) and t.published_at is not null
     order by t.number`,
    { numbers: [...numbers] },
  )
  return rows
}

/** The numbers behind one, in order: of all that were published, or of those that have ended. */
export function tenderSubjects(db: Database, { after, limit, ended = false }: { after: string; limit: number; ended?: boolean }): PromiseLike<string[]> {
  return db('tenders').whereNotNull('published_at').modify((query) => ended && query.whereNotNull('settled_at')).where('number', '>', after).orderBy('number').limit(limit).pluck('number')
}

/**
 * By what a tender is found. A natural person's title is often their own name and house, so it is found by its service
 * and its codes alone.
 */
export function wordsOf({ title, service, aliases, owner, project, project_code: code, winner }: PublishedTender): { names: [string, ...string[]]; texts: string[] } {
  const known = [...aliases, code]
  if (owner === null) return { names: [service], texts: known }
  return { names: [title], texts: [service, ...known, owner, project ?? '', winner ?? ''].filter(Boolean) }
}
