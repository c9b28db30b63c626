import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Outcome } from '#app/domain/governance/proposal.ts'

export type Comment = {
  id: string
  ordinal: number
  words: string
  /** Who said it: an organisation by its name; a natural person and a visitor by none. */
  organisation: string | null
  isVisitor: boolean
  contact: string | null
  commentedAt: Date
  answer: { id: string; outcome: Outcome; words: string; answeredAt: Date } | null
}

type Said = { id: string; proposalId: string; words: string; contact: string | null; at: Date; by: { accountId: string; organisationId: string; role: string } | null; ledgerEntryId: string }

/**
 * The proposal is held and its comment time runs. `by` is null for a visitor, of whom nothing is kept but the words and the contact that was given
 * for the regulator's eyes.
 */
export async function insertComment(trx: Knex.Transaction, { id, proposalId, words, contact, at, by, ledgerEntryId }: Said): Promise<void> {
  await trx('list_comments').insert({ id, proposal_id: proposalId, words, contact, commented_at: at, account_id: by?.accountId ?? null, organisation_id: by?.organisationId ?? null, role: by?.role ?? null, ledger_entry_id: ledgerEntryId })
}

/** Has this account said the same words of the proposal already? Then a form was sent twice. */
export async function hasSaid(db: Database, { proposalId, words, accountId }: { proposalId: string; words: string; accountId: string }): Promise<boolean> {
  return (await db('list_comments').where({ proposal_id: proposalId, words, account_id: accountId }).first('id')) !== undefined
}

/** Which of these comments are the proposal's own and still wait for an answer. */
export async function listWaiting(db: Database, { proposalId, ids }: { proposalId: string; ids: readonly string[] }): Promise<{ id: string; organisationId: string | null; role: string | null }[]> {
  return db('list_comments as said')
    .where('said.proposal_id', proposalId)
    .whereIn('said.id', [...ids])
    .whereNotExists(db('list_answered_comments as answered').whereRaw('answered.comment_id = said.id'))
    .orderBy('said.ordinal')
    .select('said.id', { organisationId: 'said.organisation_id' }, 'said.role')
}

/**
 * What was said of a proposal, in the order of saying, with the answers.
 *
 * @param after the ordinal of the last one of the page before
 */
export async function listComments(db: Database, { proposalId, after = 0, limit, waiting = false }: { proposalId: string; after?: number | undefined; limit: number; waiting?: boolean }): Promise<Comment[]> {
  const rows = (await db('list_comments as said')
    .leftJoin('organisations as body', (join) => join.on('body.id', 'said.organisation_id').andOnVal('body.kind', 'organisation'))
    .leftJoin('list_answered_comments as answered', 'answered.comment_id', 'said.id')
    .leftJoin('list_answers as answer', 'answer.id', 'answered.answer_id')
    .where('said.proposal_id', proposalId)
    .where('said.ordinal', '>', after)
    .modify((query) => waiting && query.whereNull('answer.id'))
    .orderBy('said.ordinal')
    .limit(limit)
    .select('said.id', 'said.ordinal', 'said.words', 'said.contact', 'said.account_id', 'said.commented_at', { organisation: 'body.name' }, { answer_id: 'answer.id', answer_words: 'answer.words' }, 'answer.outcome', 'answer.answered_at')) as Row[]
  return rows.map((row) => ({
    id: row.id,
    ordinal: row.ordinal,
    words: row.words,
    organisation: row.organisation,
    isVisitor: row.account_id === null,
    contact: row.contact,
    commentedAt: row.commented_at,
    answer: row.answer_id === null ? null : { id: row.answer_id, outcome: row.outcome!, words: row.answer_words!, answeredAt: row.answered_at! },
  }))
}

type Row = { id: string; ordinal: number; words: string; contact: string | null; account_id: string | null; commented_at: Date; organisation: string | null; answer_id: string | null; answer_words: string | null; outcome: Outcome | null; answered_at: Date | null }
