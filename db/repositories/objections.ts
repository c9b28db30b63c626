import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'

export type Objection = { id: string; tenderId: string; agencyId: string; words: string; objectedAt: Date; answerBy: Date }

/** The tender is held, and the caller has counted what the agency may still raise. `answerBy` is the first instant at which an answer is late. Its words never change. */
export async function insertObjection(trx: Knex.Transaction, objection: Objection, { objectedBy, ledgerEntryId }: { objectedBy: string; ledgerEntryId: string }): Promise<void> {
  await trx('tender_objections').insert({ id: objection.id, tender_id: objection.tenderId, agency_id: objection.agencyId, objected_by: objectedBy, words: objection.words, objected_at: objection.objectedAt, answer_by: objection.answerBy, ledger_entry_id: ledgerEntryId })
}

/** How often an agency has objected in a tender, and whether the same words of it wait for an answer: a form that was sent twice. */
export async function findObjectionsOf(db: Database, { tenderId, agencyId, words }: Pick<Objection, 'tenderId' | 'agencyId' | 'words'>): Promise<{ count: number; same: Objection | undefined }> {
  const rows = (await db('tender_objections as objections').leftJoin('objection_answers as answers', 'answers.objection_id', 'objections.id').where({ tender_id: tenderId, agency_id: agencyId }).select('objections.*', 'answers.objection_id')) as { id: string; words: string; objected_at: Date; answer_by: Date; objection_id: string | null }[]
  const same = rows.find((row) => row.words === words && row.objection_id === null)
  return { count: rows.length, same: same && { id: same.id, tenderId, agencyId, words, objectedAt: same.objected_at, answerBy: same.answer_by } }
}

/** A tender's own objection with its answer, if it has one; somebody else's is not found. */
export async function findObjection(db: Database, { id, tenderId }: { id: string; tenderId: string }): Promise<{ answerBy: Date; answer: string | null } | undefined> {
  return db('tender_objections as objections').leftJoin('objection_answers as answers', 'answers.objection_id', 'objections.id').where({ 'objections.id': id, 'objections.tender_id': tenderId }).first({ answerBy: 'objections.answer_by', answer: 'answers.words' })
}

/** An objection is answered once: its key refuses a second. */
export async function insertObjectionAnswer(trx: Knex.Transaction, answer: { objectionId: string; words: string; at: Date; by: string; complaintUntil: Date; ledgerEntryId: string }): Promise<void> {
  await trx('objection_answers').insert({ objection_id: answer.objectionId, words: answer.words, answered_at: answer.at, answered_by: answer.by, complaint_until: answer.complaintUntil, ledger_entry_id: answer.ledgerEntryId })
}

/** Has this agency a bid in the tender that stood at its close? */
export async function isBidder(db: Database, { tenderId, agencyId }: { tenderId: string; agencyId: string }): Promise<boolean> {
  return (await db('bids').where({ tender_id: tenderId, agency_id: agencyId }).whereNull('replaced_at').whereNull('withdrawn_at').first('id')) !== undefined
}
