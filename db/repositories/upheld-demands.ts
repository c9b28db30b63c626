import type { Knex } from 'knex'
import type { Client, Member } from '#app/domain/accounts/actor.ts'
import type { Database } from '#app/domain/context.ts'
import type { Verdict } from '#app/domain/guard/judgement.ts'

export type Said = { reason: string; at: Date; entry: string }
/** What became of a decision: kept up all the same, taken back, or answered by a regulator's, which says of it what was said before it too. */
export type DemandStanding = { upheld: Said | null; withdrawn: Said | null; answeredBy: { id: string; verdict: Verdict } | null }

type Saying = { decisionId: string; reason: string; at: Date; by: Member | Client; ledgerEntryId: string }

/**
 * Everything null where nothing became of it, and for an unknown id. Of an answer it also says what was said of the decision that it answers.
 * Read under {@link holdGuardDecision} by whoever adds to it.
 */
export async function findStanding(db: Database, decisionId: string): Promise<DemandStanding> {
  const ofDemand = (query: Knex.QueryBuilder) => query.where({ decision_id: decisionId }).orWhere('decision_id', db('word_reviews').where({ answer_id: decisionId }).select('decision_id'))
  const [upheld, withdrawn, answeredBy] = await Promise.all([
    db('upheld_demands').where(ofDemand).first<Said | undefined>('reason', { at: 'upheld_at', entry: 'ledger_entry_id' }),
    db('withdrawn_demands').where(ofDemand).first<Said | undefined>('reason', { at: 'withdrawn_at', entry: 'ledger_entry_id' }),
    db('word_reviews as review').join('guard_decisions as answer', 'answer.id', 'review.answer_id').where('review.decision_id', decisionId).first<{ id: string; verdict: Verdict } | undefined>('answer.id', 'answer.verdict'),
  ])
  return { upheld: upheld ?? null, withdrawn: withdrawn ?? null, answeredBy: answeredBy ?? null }
}

/** Once: its key refuses a second. `by` is the office's person or its machine, and is told apart by its kind. */
export async function insertUpheld(trx: Knex.Transaction, { decisionId, reason, at, by, ledgerEntryId }: Saying): Promise<void> {
  await trx('upheld_demands').insert({ decision_id: decisionId, reason, upheld_at: at, ...byWhom(by, 'upheld_by'), ledger_entry_id: ledgerEntryId })
}

/** Once, and of a demand that was kept up too: both then stand. */
export async function insertWithdrawn(trx: Knex.Transaction, { decisionId, reason, at, by, ledgerEntryId }: Saying): Promise<void> {
  await trx('withdrawn_demands').insert({ decision_id: decisionId, reason, withdrawn_at: at, ...byWhom(by, 'withdrawn_by'), ledger_entry_id: ledgerEntryId })
}

function byWhom(actor: Member | Client, column: string): Record<string, string> {
  return actor.kind === 'client' ? { client_id: actor.clientId } : { [column]: actor.accountId }
}
