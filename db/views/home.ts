import type { Day } from '#app/domain/calendar.ts'
import { BASIS_TYPES, carries } from '#app/domain/catalogue/basis.ts'
import type { Database } from '#app/domain/context.ts'
import { PUBLIC_STATES, type Method } from '#app/domain/tenders/tender.ts'
import { TENDER_STATES_IN_SQL, WITH_OUTCOMES } from '#db/repositories/tenders.ts'

/** What the front page tells: how things stand now, and what is newest. `owner` is null where it is a natural person: personal names are not published. */
export type HomeView = {
  figures: { listings: number; demandable: number; agencies: number; open: number; awards: number }
  notices: { number: string; title: string; owner: string | null; service: string; ceilingFen: number; closesAt: string; method: Method; state: (typeof PUBLIC_STATES)[number] }[]
  results: { number: string; title: string; service: string; winner: string; awardedAt: string; binds: boolean }[]
}

const NEWEST = 5
const STATE = `case ${PUBLIC_STATES.map((state) => `when ${TENDER_STATES_IN_SQL[state]} then '${state}'`).join(' ')} end`

/**
 * The whole front page in one statement. A service counts once, however many divisions of the place word it;
 * sample data counts for nothing, since a figure carries no label.
 *
 * @param at the instant for which notices count as open and their states hold
 * @param on its day, for the list in force
 */
export async function showHome(db: Database, { at, on }: { at: Date; on: Day }): Promise<HomeView> {
  const carrying = BASIS_TYPES.filter((type) => carries({ type, title: '', articles: null, repealedOn: null }, on))
  const { rows } = await db.raw<{ rows: [{ home: HomeView }] }>(
    `with standing as (
       select distinct on (code) nature, rules, removed, (details ->> 'sample')::boolean as sample from listings
       where in_force_from <= :on and (in_force_until is null or :on < in_force_until)
       order by code, division_code desc
     ), demandable as (
       select from standing
       where not removed and not sample and nature = 'statutory' and rules->>'commissioner' <> 'authority' and exists (
         select from jsonb_to_recordset(rules->'bases') as basis (type text, "repealedOn" date)
         where type = any(:carrying) and ("repealedOn" is null or :on < "repealedOn")
       )
     ), notices as (
       select tenders.number, tenders.title, case when owners.kind = 'organisation' then owners.name end as owner, listings.name as service, tenders.ceiling_fen as "ceilingFen", tenders.closes_at as "closesAt", tenders.method, ${STATE} as state
       from tenders join organisations as owners on owners.id = tenders.owner_id join listings on listings.id = tenders.listing_id
       ${WITH_OUTCOMES}
       where tenders.published_at is not null
       order by tenders.published_at desc, tenders.id desc limit ${NEWEST}
     ), results as (
       select tenders.number, tenders.title, listings.name as service, winners.name as winner, awards.awarded_at as "awardedAt", (awards.publicity_ends_at <= :at and not exists (select from open_objections waiting where waiting.tender_id = tenders.id) and not exists (select from standing_suspensions held where held.tender_id = tenders.id)) as binds
       from standing_awards as awards join tenders on tenders.id = awards.tender_id join listings on listings.id = tenders.listing_id
       join bids on bids.id = awards.bid_id join organisations as winners on winners.id = bids.agency_id
       order by awards.awarded_at desc, tenders.id desc limit ${NEWEST}
     )
     select jsonb_build_object(
       'figures', jsonb_build_object(
         'listings', (select count(*) from standing where not sample),
         'demandable', (select count(*) from demandable),
         'agencies', (select count(*) from agencies where admitted_at is not null and expelled_at is null),
         'open', (select count(*) from tenders ${WITH_OUTCOMES} where ${TENDER_STATES_IN_SQL.open}),
         'awards', (select count(*) from standing_awards)
       ),
       'notices', coalesce((select jsonb_agg(notices) from notices), '[]'),
       'results', coalesce((select jsonb_agg(results) from results), '[]')
     ) as home`,
    { at, on, carrying },
  )
  return rows[0].home
}
