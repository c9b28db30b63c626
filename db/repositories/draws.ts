import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Beacon, PoolLeaf } from '#app/domain/draw/draw.ts'

export type Pool = { tenderId: string; root: Buffer; leaves: PoolLeaf[]; frozenAt: Date; releaseBy: Date | null; ledgerEntryId: string }
export type Draw = { tenderId: string; drawnAt: Date; beacon: Beacon; secret: Buffer; bundle: string; ledgerEntryId: string }
export type Position = { place: number; bidId: string; position: Buffer }

/** A pool is frozen once: its key refuses a second. `leaves` are in the order of the root; `releaseBy` is null where no shares are to be shown. */
export async function insertPool(trx: Knex.Transaction, pool: Pool): Promise<void> {
  await trx('draw_pools').insert({ tender_id: pool.tenderId, root: pool.root, leaves: JSON.stringify(pool.leaves), frozen_at: pool.frozenAt, release_by: pool.releaseBy, ledger_entry_id: pool.ledgerEntryId })
}

/** Undefined where none was frozen: before the freeze, and for ever where the close left nothing to decide. */
export async function findPool(db: Database, tenderId: string): Promise<Pool | undefined> {
  const row = await db('draw_pools').where({ tender_id: tenderId }).first()
  return row && { tenderId, root: row.root, leaves: row.leaves, frozenAt: row.frozen_at, releaseBy: row.release_by, ledgerEntryId: row.ledger_entry_id }
}

/** Keeps a draw with the whole order; the order's rows and the bundle say the same, for people and for verifiers. */
export async function insertDraw(trx: Knex.Transaction, draw: Draw, order: readonly Position[]): Promise<void> {
  await trx('draws').insert({
    tender_id: draw.tenderId,
    drawn_at: draw.drawnAt,
    beacon: JSON.stringify(draw.beacon),
    secret: draw.secret,
    bundle: draw.bundle,
    ledger_entry_id: draw.ledgerEntryId,
  })
  await trx('draw_positions').insert(order.map(({ place, bidId, position }) => ({ tender_id: draw.tenderId, place, bid_id: bidId, position })))
}

/** The drawn order behind a place, best first, with the bid and the label that each place was drawn for. */
export async function listOrderAfter(db: Database, { tenderId, place }: { tenderId: string; place: number }): Promise<{ place: number; label: string; bidId: string; agencyId: string }[]> {
  return db('draw_positions as positions')
    .join('bids', 'bids.id', 'positions.bid_id')
    .join('organisations as agencies', 'agencies.id', 'bids.agency_id')
    .select('positions.place', { label: 'agencies.uscc' }, { bidId: 'bids.id', agencyId: 'bids.agency_id' })
    .where('positions.tender_id', tenderId)
    .where('positions.place', '>', place)
    .orderBy('positions.place')
}

/** The bundle of a drawn tender, by its number. */
export async function findBundle(db: Database, number: string): Promise<string | undefined> {
  const row = (await db('draws').join('tenders', 'tenders.id', 'draws.tender_id').select('draws.bundle').where('tenders.number', number).first()) as { bundle: string } | undefined
  return row?.bundle
}

/** The ledger's entry that drew a tender's order. */
export async function findDrawEntry(db: Database, tenderId: string): Promise<string | undefined> {
  return ((await db('draws').where({ tender_id: tenderId }).first('ledger_entry_id')) as { ledger_entry_id: string } | undefined)?.ledger_entry_id
}
