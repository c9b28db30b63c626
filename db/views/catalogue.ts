import type { Listing, Nature, Stage } from '#app/domain/catalogue/listing.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import { conditionsOf, toListing, type ListingFilters, type ListingRow } from '#db/repositories/listings.ts'

type Counts = Record<string, number>

export type CatalogueView = {
  listings: Listing[]
  /** The last code of this page where more follow. */
  next: string | null
  total: number
  /** How many of them are sample data. */
  samples: number
  /** The version in force on the day; null where there was no list yet. */
  version: { number: number; effectiveOn: Day } | null
  /** How many each choice would find, the other filters kept. */
  counts: { category: Counts; stage: Record<Stage, number>; nature: Record<Nature, number>; authority: Counts }
  groups: { code: string; name: string }[]
}

type Asked = { divisionCode: string; on: Day; filters: ListingFilters; after?: string; limit: number }

/**
 * The list as it stood on a day, one page of it, with how much every filter would find: in one query.
 * Where city and county word the same code, the county's wording stands.
 */
export async function catalogueView(db: Database, { divisionCode, on, filters, after, limit }: Asked): Promise<CatalogueView> {
  const chain = chainOf(divisionCode)
  const { words, category, stage, nature, authority, approvalItem } = conditionsOf(filters)
  const { rows } = await db.raw(
    `with standing as (
       select distinct on (code) * from listings
       where division_code = any (:chain) and in_force_from <= :on and (in_force_until is null or in_force_until > :on)
       order by code, division_code desc
     ),
     judged as (
       select *, (#category) as by_category, (#stage) as by_stage, (#nature) as by_nature, (#authority) as by_authority
       from standing where not removed and (#words) and (#approvalItem)
     ),
     page as (
       select * from judged where by_category and by_stage and by_nature and by_authority and code > :after order by code limit :limit
     )
     select
       (select coalesce(json_agg(page order by code), '[]') from page) as listings,
       (select count(*)::int from judged where by_category and by_stage and by_nature and by_authority) as total,
       (select count(*)::int from judged where by_category and by_stage and by_nature and by_authority and (details ->> 'sample')::boolean) as samples,
       (select json_build_object('number', number, 'effectiveOn', effective_on) from catalogue_versions
        where division_code = any (:chain) and effective_on <= :on order by division_code desc, number desc limit 1) as version,
       (select coalesce(json_agg(json_build_object('code', code, 'name', name) order by code), '[]') from categories where parent_code is null) as groups,
       (select json_object_agg(kind, found) from (
          select left(category_code, 2) as kind, count(*)::int as found from judged
          where by_stage and by_nature and by_authority and category_code is not null group by 1) as counted) as category_counts,
       (select json_object_agg(kind, found) from (
          select kind, count(*)::int as found from judged, unnest(stages) as kind
          where by_category and by_nature and by_authority group by 1) as counted) as stage_counts,
       (select json_object_agg(nature, found) from (
          select nature, count(*)::int as found from judged
          where by_category and by_stage and by_authority group by 1) as counted) as nature_counts,
       (select json_object_agg(authority, found) from (
          select authority, count(distinct judged.code)::int as found from judged
          join approval_items on approval_items.code = any (judged.approval_items)
          where by_category and by_stage and by_nature group by 1) as counted) as authority_counts`
      .replace(/#(\w+)/g, (_, name: string) => named(name, { category, stage, nature, authority, words, approvalItem })),
    {
      chain,
      on,
      after: after ?? '',
      limit: limit + 1,
      ...Object.fromEntries(Object.entries({ category, stage, nature, authority, words, approvalItem }).flatMap(([name, { bindings }]) => bindings.map((value, at) => [`${name}${at}`, value]))),
    },
  )
  const [found] = rows as [Found]
  const listings = found.listings.slice(0, limit)
  return {
    listings: listings.map(toListing),
    next: found.listings.length > limit ? (listings.at(-1)?.code ?? null) : null,
    total: found.total,
    samples: found.samples,
    version: found.version,
    groups: found.groups,
    counts: {
      category: found.category_counts ?? {},
      stage: { 'land-and-planning': 0, engineering: 0, construction: 0, completion: 0, ...found.stage_counts },
      nature: { statutory: 0, 'authority-commissioned': 0, market: 0, ...found.nature_counts },
      authority: found.authority_counts ?? {},
    },
  }
}

type Found = {
  listings: ListingRow[]
  total: number
  samples: number
  version: CatalogueView['version']
  groups: CatalogueView['groups']
  category_counts: Counts | null
  stage_counts: Partial<Record<Stage, number>> | null
  nature_counts: Partial<Record<Nature, number>> | null
  authority_counts: Counts | null
}

/** A condition with its question marks as names, since one statement cannot mix the two. */
function named(name: string, conditions: Record<string, { sql: string }>): string {
  let at = 0
  return conditions[name]!.sql.replace(/\?/g, () => `:${name}${at++}`)
}
