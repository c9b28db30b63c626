import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'

/** Keeps what a judge has filled in so far, under its seal, in place of what was kept before. */
export async function saveSheetDraft(trx: Knex.Transaction, { judgeId, savedAt, sealed }: { judgeId: string; savedAt: Date; sealed: string }): Promise<void> {
  await trx('score_sheet_drafts').insert({ judge_id: judgeId, saved_at: savedAt, sealed }).onConflict('judge_id').merge()
}

/** What one seat has kept, still under its seal. */
export async function findSheetDraft(db: Database, judgeId: string): Promise<{ savedAt: Date; sealed: string } | undefined> {
  const row = (await db('score_sheet_drafts').where({ judge_id: judgeId }).first('saved_at', 'sealed')) as { saved_at: Date; sealed: string } | undefined
  return row && { savedAt: row.saved_at, sealed: row.sealed }
}

/** Removes what a seat had kept, once its sheet is committed or its judge has left. */
export async function deleteSheetDraft(trx: Knex.Transaction, judgeId: string): Promise<void> {
  await trx('score_sheet_drafts').where({ judge_id: judgeId }).delete()
}
