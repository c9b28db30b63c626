import type { Knex } from 'knex'

export type WordReview = { decisionId: string; answerId: string; at: Date; by: string; ledgerEntryId: string }

/** What a regulator decided of words, once: the decision's key refuses a second. */
export async function insertWordReview(trx: Knex.Transaction, { decisionId, answerId, at, by, ledgerEntryId }: WordReview): Promise<void> {
  await trx('word_reviews').insert({ decision_id: decisionId, answer_id: answerId, reviewed_at: at, reviewed_by: by, ledger_entry_id: ledgerEntryId })
}
