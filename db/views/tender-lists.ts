import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { OwnList } from '#app/domain/tenders/own-list.ts'
import type { Tender, TenderState } from '#app/domain/tenders/tender.ts'
import { toTender, type TenderRow } from '#db/repositories/tender-row.ts'
import { TENDER_STATES_IN_SQL, tendersWithOutcomes, tenderColumns } from '#db/repositories/tenders.ts'

/** What a list shows of a tender beside its own facts. `ownerName` is null where the owner is a natural person: personal names are not published. */
export type TenderLine = { tender: Tender; listingCode: string; listingName: string; ownerName: string | null; winner: string | null }

type LineRow = TenderRow & { listing_code: string; listing_name: string; owner_name: string | null; winner: string | null }
type Page = { limit: number; before?: string }

/** Published tenders, newest first, one page after the tender that `before` numbers. */
export async function listPublishedTenders(db: Database, { state, at, before, limit }: Page & { state?: TenderState; at: Date }): Promise<TenderLine[]> {
  const lines = tenderLines(db).whereNotNull('tenders.published_at')
  if (state) whereState(lines, state, at)
  if (before) lines.whereRaw('(tenders.published_at, tenders.id) < (select published_at, id from tenders where number = ?)', [before])
  return read(lines.orderBy([{ column: 'tenders.published_at', order: 'desc' }, { column: 'tenders.id', order: 'desc' }]).limit(limit))
}

/** Tenders with an outcome: an award, binding or still public, or none; the latest first. */
export async function listResults(db: Database, { state, at, before, limit }: Page & { state?: TenderState; at: Date }): Promise<TenderLine[]> {
  const lines = tenderLines(db).whereNotNull('tenders.settled_at')
  if (state) whereState(lines, state, at)
  if (before) lines.whereRaw('(tenders.settled_at, tenders.id) < (select settled_at, id from tenders where number = ?)', [before])
  return read(lines.orderBy([{ column: 'tenders.settled_at', order: 'desc' }, { column: 'tenders.id', order: 'desc' }]).limit(limit))
}

const OWN_LISTS_IN_SQL: Record<OwnList, string> = {
  drafts: TENDER_STATES_IN_SQL.draft,
  ready: `${TENDER_STATES_IN_SQL.draft} and tenders.handed_over_at is not null`,
  published: 'tenders.published_at is not null and tenders.settled_at is null',
  ended: 'tenders.settled_at is not null',
}

/** When a tender was last changed by its owner; a published one changes no more. */
const CHANGED = 'coalesce(tenders.published_at, tenders.discarded_at, tenders.changed_at, tenders.drafted_at)'

/** An owner's tenders, drafts included, the latest change first, one page after the tender whose id is `before`. */
export async function listTendersOfOwner(db: Database, { ownerId, projectCode, show, before, limit }: Page & { ownerId: string; projectCode?: string; show?: OwnList }): Promise<TenderLine[]> {
  const lines = tenderLines(db).where('tenders.owner_id', ownerId)
  if (projectCode) lines.where('tenders.project_code', projectCode)
  if (show) lines.whereRaw(OWN_LISTS_IN_SQL[show])
  if (before) lines.whereRaw(`(${CHANGED}, tenders.id) < (select ${CHANGED}, id from tenders where id = ? and owner_id = ?)`, [before, ownerId])
  return read(lines.orderByRaw(`${CHANGED} desc, tenders.id desc`).limit(limit))
}

/** The latest bid of an agency in each tender it ever entered. */
export type BidLine = TenderLine & { bid: { id: string; receivedAt: Date; withdrawnAt: Date | null }; won: boolean }

export async function listBidsOfAgency(db: Database, { agencyId, before, limit }: { agencyId: string; before: string | null; limit: number }): Promise<BidLine[]> {
  const rows = (await tenderLines(db)
    .join('bids', 'bids.tender_id', 'tenders.id')
    .select('bids.id as bid_id', 'bids.received_at', 'bids.withdrawn_at', db.raw('awards.bid_id = bids.id as won'))
    .where('bids.agency_id', agencyId)
    .whereNull('bids.replaced_at')
    .whereRaw('not exists (select from bids as later where later.tender_id = bids.tender_id and later.agency_id = bids.agency_id and later.ordinal > bids.ordinal)')
    .modify((query) => before !== null && query.whereRaw('bids.ordinal < (select last.ordinal from bids as last where last.id = ? and last.agency_id = ?)', [before, agencyId]))
    .orderBy('bids.ordinal', 'desc')
    .limit(limit)) as (LineRow & { bid_id: string; received_at: Date; withdrawn_at: Date | null; won: boolean | null })[]
  return rows.map((row) => ({ ...toLine(row), bid: { id: row.bid_id, receivedAt: row.received_at, withdrawnAt: row.withdrawn_at }, won: row.won === true }))
}

function tenderLines(db: Database): Knex.QueryBuilder {
  return tendersWithOutcomes(db)
    .join('listings', 'listings.id', 'tenders.listing_id')
    .join('organisations as owners', 'owners.id', 'tenders.owner_id')
    .leftJoin('bids as winning', 'winning.id', 'awards.bid_id')
    .leftJoin('organisations as winners', 'winners.id', 'winning.agency_id')
    .select(...tenderColumns, 'listings.code as listing_code', 'listings.name as listing_name', db.raw(`case when owners.kind = 'organisation' then owners.name end as owner_name`), 'winners.name as winner')
}

async function read(lines: Knex.QueryBuilder): Promise<TenderLine[]> {
  return ((await lines) as LineRow[]).map(toLine)
}

function toLine(row: LineRow): TenderLine {
  return { tender: toTender(row), listingCode: row.listing_code, listingName: row.listing_name, ownerName: row.owner_name, winner: row.winner }
}

function whereState(lines: Knex.QueryBuilder, state: TenderState, at: Date): void {
  const sql = TENDER_STATES_IN_SQL[state]
  lines.whereRaw(sql.replaceAll(':at', '?'), Array.from({ length: sql.split(':at').length - 1 }, () => at))
}
