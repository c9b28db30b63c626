import type { Beacon, PoolLeaf } from '#app/domain/draw/draw.ts'
import type { TenderView } from '#app/domain/tenders/tender-view.ts'
import type { Database } from '#app/domain/context.ts'
import { tenderColumns, tendersWithOutcomes, toTender, type TenderRow } from '#db/repositories/tenders.ts'

type Row = TenderRow & {
  listing_code: string
  listing_name: string
  sample: boolean
  project_name: string
  division: string
  owner: string | null
  demo: boolean
  named_uscc: string | null
  named_name: string | null
  republishes: string | null
  republished_as: string | null
  root: Buffer | null
  leaves: PoolLeaf[] | null
  beacon: Beacon | null
  placed: { place: number; label: string; name: string; position: string; awarded: boolean }[] | null
  names: Record<string, string> | null
  entries: TenderView['entries'] | null
}

/** Everything that one tender's page shows, in one query. Drafts included: whether they may be seen is the verb's question. */
export async function findTenderView(db: Database, key: { id: string } | { number: string }): Promise<TenderView | undefined> {
  const row = (await tendersWithOutcomes(db)
    .join('listings', 'listings.id', 'tenders.listing_id')
    .join('projects', 'projects.code', 'tenders.project_code')
    .join('divisions', 'divisions.code', 'tenders.division_code')
    .join('organisations as owners', 'owners.id', 'tenders.owner_id')
    .leftJoin('organisations as named', 'named.id', 'tenders.named_agency_id')
    .leftJoin('tenders as earlier', 'earlier.id', 'tenders.republishes_id')
    .select(
      ...tenderColumns,
      'listings.code as listing_code',
      'listings.name as listing_name',
      db.raw(`(listings.details ->> 'sample')::boolean as sample`),
      'projects.name as project_name',
      'divisions.name as division',
      db.raw(`case when owners.kind = 'organisation' then owners.name end as owner`),
      db.raw('coalesce((select demo from marketplaces where marketplaces.division_code in (tenders.division_code, left(tenders.division_code, 4) || ?) order by division_code desc limit 1), false) as demo', ['00']),
      'named.uscc as named_uscc',
      'named.name as named_name',
      'earlier.number as republishes',
      db.raw('(select later.number from tenders later where later.republishes_id = tenders.id and later.published_at is not null order by later.published_at limit 1) as republished_as'),
      'pools.root',
      'pools.leaves',
      'draws.beacon',
      db.raw(`(select jsonb_agg(jsonb_build_object('place', positions.place, 'label', agencies.uscc, 'name', agencies.name, 'position', encode(positions.position, 'hex'), 'awarded', awards.bid_id is not distinct from positions.bid_id) order by positions.place)
                 from draw_positions positions join bids on bids.id = positions.bid_id join organisations agencies on agencies.id = bids.agency_id
                where positions.tender_id = tenders.id) as placed`),
      db.raw(`case when pools.tender_id is not null then (select jsonb_object_agg(agencies.uscc, agencies.name) from bids join organisations agencies on agencies.id = bids.agency_id where bids.tender_id = tenders.id) end as names`),
      db.raw(`(select jsonb_agg(jsonb_build_object('kind', told.kind, 'id', told.id, 'leafHash', encode(told.leaf_hash, 'hex'), 'index', leaves.index, 'recordedAt', told.recorded_at) order by told.ordinal)
                 from ledger_entries told left join ledger_leaves leaves on leaves.entry_id = told.id where told.subject = tenders.number) as entries`),
    )
    .where('id' in key ? { 'tenders.id': key.id } : { 'tenders.number': key.number })
    .first()) as Row | undefined
  return row && toView(row)
}

function toView(row: Row): TenderView {
  return {
    tender: toTender(row),
    listing: { code: row.listing_code, name: row.listing_name, sample: row.sample },
    project: { code: row.project_code, name: row.project_name },
    division: row.division,
    owner: row.owner,
    demo: row.demo,
    named: row.named_uscc === null ? null : { uscc: row.named_uscc, name: row.named_name! },
    republishes: row.republishes,
    republishedAs: row.republished_as,
    draw: row.root && {
      root: row.root.toString('hex'),
      beacon: row.beacon,
      order: row.placed ?? [],
      pool: (row.leaves ?? []).map((leaf) => ({ ...leaf, name: leaf.label === null ? null : (row.names?.[leaf.label] ?? null) })),
    },
    entries: row.entries ?? [],
  }
}
