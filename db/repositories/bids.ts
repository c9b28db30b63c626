import type { Knex } from 'knex'
import type { Bid } from '#app/domain/bids/bid.ts'
import type { Database } from '#app/domain/context.ts'

type BidRow = {
  id: string
  ordinal: number
  tender_id: string
  agency_id: string
  body: string
  hash: Buffer
  submitted_by: string | null
  received_at: Date
  replaced_at: Date | null
  withdrawn_at: Date | null
  receipt: string
  ledger_entry_id: string
}

/** What a bid waits for is kept prepared (docs/decisions/044), so its columns have names. */
const BID_COLUMNS = ['id', 'ordinal', 'tender_id', 'agency_id', 'body', 'hash', 'submitted_by', 'received_at', 'replaced_at', 'withdrawn_at', 'receipt', 'ledger_entry_id'] as const

/** Standing, replaced or withdrawn, by its own id (a uuid); undefined where nothing was received under it. */
export async function findBid(db: Database, id: string): Promise<Bid | undefined> {
  const row = await db<BidRow>('bids').select(...BID_COLUMNS).where({ id }).first().options({ name: 'bid-by-id' })
  return row && toBid(row)
}

/** `stands` in SQL: the one bid of an agency that nothing has replaced or taken back. */
export async function findStandingBid(db: Database, { tenderId, agencyId }: Pick<Bid, 'tenderId' | 'agencyId'>): Promise<Bid | undefined> {
  const row = await db<BidRow>('bids').select(...BID_COLUMNS).where({ tender_id: tenderId, agency_id: agencyId }).whereNull('replaced_at').whereNull('withdrawn_at').first().options({ name: 'standing-bid' })
  return row && toBid(row)
}

/** How many bids of an agency a tender has received, standing or not. */
export async function countReceivedBids(db: Database, { tenderId, agencyId }: Pick<Bid, 'tenderId' | 'agencyId'>): Promise<number> {
  const [{ count }] = (await db('bids').where({ tender_id: tenderId, agency_id: agencyId }).count().options({ name: 'count-bids' })) as [{ count: number }]
  return Number(count)
}

/** Every bid that ever got a receipt, in the order of receipt. */
export async function listReceivedBids(db: Database, tenderId: string): Promise<Bid[]> {
  const rows = await db<BidRow>('bids').where({ tender_id: tenderId }).orderBy('ordinal')
  return rows.map(toBid)
}

/** Makes one agency's acts take turns; different agencies never wait for each other. */
export async function lockBidder(trx: Knex.Transaction, agencyId: string): Promise<void> {
  await trx('agencies').select('organisation_id').where({ organisation_id: agencyId }).forNoKeyUpdate().options({ name: 'hold-bidder' })
}

/** Keeps a bid. @returns its place in the order of receipt */
export async function insertBid(trx: Knex.Transaction, bid: Omit<Bid, 'ordinal'>, { submittedBy, ledgerEntryId }: { submittedBy: string; ledgerEntryId: string }): Promise<number> {
  const [row] = await trx('bids').insert({
    id: bid.id,
    tender_id: bid.tenderId,
    agency_id: bid.agencyId,
    body: bid.body,
    hash: bid.hash,
    submitted_by: submittedBy,
    received_at: bid.receivedAt,
    receipt: bid.receipt,
    ledger_entry_id: ledgerEntryId,
  }, ['ordinal']).options({ name: 'insert-bid' })
  return (row as { ordinal: number }).ordinal
}

/** Ends a bid's standing. Nothing else of a bid ever changes. */
export async function saveBidEnding(trx: Knex.Transaction, { id, replacedAt, withdrawnAt }: Pick<Bid, 'id' | 'replacedAt' | 'withdrawnAt'>): Promise<void> {
  await trx('bids').where({ id }).update({ replaced_at: replacedAt, withdrawn_at: withdrawnAt }).options({ name: 'end-bid' })
}

function toBid(row: BidRow): Bid {
  return {
    id: row.id,
    ordinal: row.ordinal,
    tenderId: row.tender_id,
    agencyId: row.agency_id,
    body: row.body,
    hash: row.hash,
    receivedAt: row.received_at,
    replacedAt: row.replaced_at,
    withdrawnAt: row.withdrawn_at,
    receipt: row.receipt,
  }
}
