import type { ApprovalItem } from '#app/domain/catalogue/approval-item.ts'
import type { Listing } from '#app/domain/catalogue/listing.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import { toListing, type ListingRow } from '#db/repositories/listings.ts'

export type OfferingAgency = { uscc: string; name: string; promisedDays: number; fee: string; conditions: string; process: string }

/** How this service was bought before: medians in fen and in days from notice to result; null where nothing was. */
export type PastResults = {
  count: number
  medianCeilingFen: number
  medianDays: number
  latest: { number: string; title: string; winner: string; ceilingFen: number; awardedAt: string }[]
}

export type ListingView = {
  /** Every wording this code has had here or above, newest first. */
  wordings: Listing[]
  items: Pick<ApprovalItem, 'code' | 'name' | 'authority'>[]
  category: { code: string; name: string; groupName: string | null } | null
  /** Names of the services it was merged into or duplicates, by code. */
  related: Record<string, string>
  agencies: OfferingAgency[]
  moreAgencies: boolean
  results: PastResults | null
}

const MOST_AGENCIES = 20
const NEWEST_RESULTS = 5

/** All that a listed service's page shows, in one query; `wordings` is empty where the code was never listed. */
export async function listingView(db: Database, { code, divisionCode, on }: { code: string; divisionCode: string; on: Day }): Promise<ListingView> {
  const { rows } = await db.raw<{ rows: [Found] }>(
    `with wordings as (
       select * from listings where code = :code and division_code = any (:chain) and in_force_from is distinct from in_force_until
     ),
     -- The wording in force on the day, else the one nearest to it: the page says which.
     shown as (
       select * from wordings
       order by (in_force_from <= :on and (in_force_until is null or in_force_until > :on)) desc, division_code desc, abs(in_force_from - :on::date) limit 1
     ),
     offering as (
       select organisations.uscc, organisations.name, promised_days, fee, conditions, process
       from offerings
       join agencies on agencies.organisation_id = offerings.agency_id
       join organisations on organisations.id = offerings.agency_id
       where listing_code = :code and withdrawn_at is null and admitted_at is not null and expelled_at is null and organisations.uscc is not null
       order by offered_at, offerings.id limit :most
     ),
     -- One row a tender, whoever of its order got it in the end.
     bought as (
       select distinct on (tenders.id) tenders.number, tenders.title, tenders.ceiling_fen, tenders.published_at, awards.awarded_at, winners.name as winner
       from listings
       join tenders on tenders.listing_id = listings.id
       join standing_awards as awards on awards.tender_id = tenders.id
       join bids on bids.id = awards.bid_id
       join organisations as winners on winners.id = bids.agency_id
       where listings.code = :code and listings.division_code = any (:chain)
       order by tenders.id, awards.place desc
     )
     select
       (select coalesce(json_agg(wordings order by in_force_from desc, id), '[]') from wordings) as wordings,
       (select coalesce(json_agg(json_build_object('code', item.code, 'name', item.name, 'authority', item.authority) order by item.code), '[]')
        from approval_items item, shown where item.code = any (shown.approval_items)) as items,
       (select json_build_object('code', kind.code, 'name', kind.name, 'groupName', above.name)
        from shown join categories kind on kind.code = shown.category_code left join categories above on above.code = kind.parent_code) as category,
       (select json_object_agg(other.code, other.name) from shown
        join listings other on other.code in (shown.rules ->> 'mergedInto', shown.rules ->> 'duplicateOf') and other.division_code = any (:chain)) as related,
       (select coalesce(json_agg(json_build_object('uscc', uscc, 'name', name, 'promisedDays', promised_days, 'fee', fee, 'conditions', conditions, 'process', process)), '[]') from offering) as agencies,
       (select json_build_object(
          'count', count(*),
          'medianCeilingFen', percentile_disc(0.5) within group (order by ceiling_fen),
          'medianDays', percentile_cont(0.5) within group (order by extract(epoch from awarded_at - published_at) / 86400),
          'latest', (
            select json_agg(json_build_object('number', number, 'title', title, 'winner', winner, 'ceilingFen', ceiling_fen, 'awardedAt', awarded_at))
            from (select * from bought order by awarded_at desc, number limit :newest) as newest
          )
        ) from bought having count(*) > 0) as results`,
    { newest: NEWEST_RESULTS, code, chain: chainOf(divisionCode), on, most: MOST_AGENCIES + 1 },
  )
  const [found] = rows
  return {
    wordings: found.wordings.map(toListing),
    items: found.items,
    category: found.category,
    related: found.related ?? {},
    agencies: found.agencies.slice(0, MOST_AGENCIES),
    moreAgencies: found.agencies.length > MOST_AGENCIES,
    results: found.results,
  }
}

type Found = Pick<ListingView, 'items' | 'category' | 'agencies' | 'results'> & { wordings: ListingRow[]; related: Record<string, string> | null }
