import type { Knex } from 'knex'
import type { Period } from '#app/domain/calendar.ts'
import type { Opinion, Outcome } from '#app/domain/governance/proposal.ts'

type Told = { proposalId: string; at: Date; by: string; ledgerEntryId: string }

/** One opinion of each kind: its key refuses a second. */
export async function insertOpinion(trx: Knex.Transaction, { proposalId, at, by, ledgerEntryId, kind, favours, office, words }: Told & Pick<Opinion, 'kind' | 'favours' | 'office' | 'words'>): Promise<void> {
  await trx('list_opinions').insert({ proposal_id: proposalId, kind, favours, office, words, given_at: at, given_by: by, ledger_entry_id: ledgerEntryId })
}

/** Once: its key refuses a second. `endsAt` is the first instant that is too late; `period` and its source are those that held on that day. */
export async function insertCommentPeriod(trx: Knex.Transaction, { proposalId, at, by, ledgerEntryId, endsAt, period, source }: Told & { endsAt: Date; period: Period; source: string }): Promise<void> {
  await trx('list_comment_periods').insert({ proposal_id: proposalId, opened_at: at, ends_at: endsAt, period: JSON.stringify(period), source, opened_by: by, ledger_entry_id: ledgerEntryId })
}

/** Once, and it does not come back; the caller, who holds the proposal, has asked whether it is over already. */
export async function insertWithdrawal(trx: Knex.Transaction, { proposalId, at, by, ledgerEntryId, reason }: Told & { reason: string }): Promise<void> {
  await trx('list_withdrawals').insert({ proposal_id: proposalId, reason, withdrawn_at: at, withdrawn_by: by, ledger_entry_id: ledgerEntryId })
}

/** Once, after the version that it made: of one version there is one adoption. The list itself is written by {@link insertVersion} and its wordings. */
export async function insertAdoption(trx: Knex.Transaction, { proposalId, at, by, ledgerEntryId, divisionCode, version }: Told & { divisionCode: string; version: number }): Promise<void> {
  await trx('list_adoptions').insert({ proposal_id: proposalId, division_code: divisionCode, version, adopted_at: at, adopted_by: by, ledger_entry_id: ledgerEntryId })
}

/** One answer to several comments; each is answered once. */
export async function insertAnswer(trx: Knex.Transaction, { proposalId, at, by, ledgerEntryId, id, outcome, words, comments }: Told & { id: string; outcome: Outcome; words: string; comments: readonly string[] }): Promise<void> {
  await trx('list_answers').insert({ id, proposal_id: proposalId, outcome, words, answered_at: at, answered_by: by, ledger_entry_id: ledgerEntryId })
  await trx('list_answered_comments').insert(comments.map((comment) => ({ comment_id: comment, answer_id: id })))
}
