import type { Knex } from 'knex'
import type { OwnOpening } from '#app/domain/bids/explanation.ts'
import type { Database } from '#app/domain/context.ts'

export type Explanation = { bidId: string; words: string; explainedAt: Date; explainedBy: string; ledgerEntryId: string }

/** A price is explained once: a second row is refused by its key, whatever the code above believes. */
export async function insertExplanation(trx: Knex.Transaction, { bidId, words, explainedAt, explainedBy, ledgerEntryId }: Explanation): Promise<void> {
  await trx('quote_explanations').insert({ bid_id: bidId, words, explained_at: explainedAt, explained_by: explainedBy, ledger_entry_id: ledgerEntryId })
}

/** What opening an agency's own bid showed; undefined where none of it was opened. */
export async function findOwnOpening(db: Database, { tenderId, agencyId }: { tenderId: string; agencyId: string }): Promise<OwnOpening | undefined> {
  return db('bid_openings')
    .join('bids', 'bids.id', 'bid_openings.bid_id')
    .leftJoin('quote_explanations as explanations', 'explanations.bid_id', 'bid_openings.bid_id')
    .where({ 'bid_openings.tender_id': tenderId, 'bids.agency_id': agencyId })
    .first({ bid: 'bid_openings.bid_id', lowMarks: 'bid_openings.low_marks', explained: db.raw('explanations.bid_id is not null') })
}
