import type { Knex } from 'knex'
import type { Opened } from '#app/domain/bids/opened.ts'
import type { Database } from '#app/domain/context.ts'
import type { OpeningOutcome } from '#app/domain/tenders/tender.ts'

export type Opening = { tenderId: string; openedAt: Date; decidesAfter: Date; outcome: OpeningOutcome; valid: number; invalid: number; ledgerEntryId: string }

/** Keeps the opening of a tender with what each bid turned out to be. A tender is opened once: its key refuses a second. */
export async function insertOpening(trx: Knex.Transaction, opening: Opening, bids: readonly Opened[]): Promise<void> {
  const { tenderId, openedAt, decidesAfter, outcome, valid, invalid, ledgerEntryId } = opening
  await trx('tender_openings').insert({ tender_id: tenderId, opened_at: openedAt, decides_after: decidesAfter, outcome, valid, invalid, ledger_entry_id: ledgerEntryId })
  if (bids.length === 0) return
  await trx.batchInsert('bid_openings', bids.map((opened) => ({
    bid_id: opened.bid,
    tender_id: tenderId,
    outcome: opened.outcome,
    reason: opened.reason,
    keys: JSON.stringify(opened.keys),
    offer: opened.offer && JSON.stringify(opened.offer),
    amount_fen: opened.amountFen,
    low_marks: opened.lowMarks,
    holders: opened.holders ?? [],
  })), 500)
}

/** Is any opened price of a tender marked as abnormally low? */
export async function hasLowPrice(db: Database, tenderId: string): Promise<boolean> {
  return (await db('bid_openings').where({ tender_id: tenderId }).whereRaw(`low_marks <> '{}'`).first('bid_id')) !== undefined
}

/** The entry of the ledger that opened a tender's bids. */
export async function findOpeningEntry(db: Database, tenderId: string): Promise<string | undefined> {
  return ((await db('tender_openings').where({ tender_id: tenderId }).first('ledger_entry_id')) as { ledger_entry_id: string } | undefined)?.ledger_entry_id
}

/** What the opened bids of a tender turned out to be, in the order of receipt. */
export async function listOpened(db: Database, tenderId: string): Promise<Opened[]> {
  const rows = (await db('bid_openings').join('bids', 'bids.id', 'bid_openings.bid_id').where('bid_openings.tender_id', tenderId).orderBy('bids.ordinal').select('bid_openings.*')) as Row[]
  return rows.map((row) => ({ bid: row.bid_id, outcome: row.outcome, reason: row.reason, keys: row.keys, offer: row.offer, amountFen: row.amount_fen, lowMarks: row.low_marks, ...(row.holders.length && { holders: row.holders }) }))
}

/** What one opened bid costs, in fen; null where no price was opened. */
export async function findAmount(db: Database, bidId: string): Promise<number | null> {
  return ((await db('bid_openings').where({ bid_id: bidId }).first('amount_fen')) as { amount_fen: number | null } | undefined)?.amount_fen ?? null
}

type Row = { bid_id: string; outcome: Opened['outcome']; reason: Opened['reason']; keys: Opened['keys']; offer: Opened['offer']; amount_fen: number | null; low_marks: Opened['lowMarks']; holders: string[] }
