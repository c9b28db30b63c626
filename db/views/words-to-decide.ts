import type { Database } from '#app/domain/context.ts'
import type { Decision } from '#app/domain/guard/decision.ts'

export type Waiting = { id: string; divisionCode: string; authority: string; approvalItem: string; decidedAt: Date; document: Decision }

type Wanted = { divisionPrefix: string; from: Date; id?: string; limit: number }

/**
 * Demands in an officer's own words that came near to no listing and that no regulator has decided yet, the longest waiting first. What a
 * regulator has answered with, and what its authority has taken back, waits no more.
 */
export async function listWaitingWords(db: Database, { divisionPrefix, from, id, limit }: Wanted): Promise<Waiting[]> {
  const rows = (await db('guard_decisions as decided')
    .join('organisations as authority', 'authority.id', 'decided.authority_id')
    .whereLike('decided.division_code', `${divisionPrefix}%`)
    .whereNull('decided.listing_id')
    .where('decided.decided_at', '>', from)
    .whereRaw(`'off-list' = any (decided.reasons) and jsonb_exists(cast(decided.document as jsonb) #> '{demand,demanded}', 'text')`)
    .whereNotExists(db('word_reviews as review').whereRaw('decided.id in (review.decision_id, review.answer_id)').select(db.raw('1')))
    .whereNotExists(db('withdrawn_demands as back').whereRaw('back.decision_id = decided.id').select(db.raw('1')))
    .modify((query) => id && query.where('decided.id', id))
    .orderBy([{ column: 'decided.decided_at' }, { column: 'decided.ordinal' }])
    .limit(limit)
    .select({ id: 'decided.id', divisionCode: 'decided.division_code', authority: 'authority.name', approvalItem: 'decided.approval_item', decidedAt: 'decided.decided_at', document: 'decided.document' })) as (Omit<Waiting, 'document'> & { document: string })[]
  return rows.map((row) => ({ ...row, document: JSON.parse(row.document) as Decision }))
}
