import type { Knex } from 'knex'
import type { CheckReason } from '#app/domain/agencies/agency-check.ts'
import type { Database } from '#app/domain/context.ts'

export type AgencyCheck = { id: string; verdict: 'passed' | 'returned'; reasons: CheckReason[]; note: string; checkedAt: Date; answer: string | null; answeredAt: Date | null }

/** The agency's row is held for change; the latest check counts. A return has reasons and a pass has none, else the table refuses it. */
export async function insertCheck(trx: Knex.Transaction, check: { id: string; agencyId: string; verdict: 'passed' | 'returned'; reasons: readonly string[]; note: string; at: Date; by: string; ledgerEntryId: string }): Promise<void> {
  await trx('agency_checks').insert({ id: check.id, agency_id: check.agencyId, verdict: check.verdict, reasons: [...check.reasons], note: check.note, checked_at: check.at, checked_by: check.by, ledger_entry_id: check.ledgerEntryId })
}

/** A return is answered once: its key refuses a second. */
export async function insertCheckAnswer(trx: Knex.Transaction, answer: { checkId: string; answer: string; at: Date; by: string }): Promise<void> {
  await trx('agency_check_answers').insert({ check_id: answer.checkId, answer: answer.answer, answered_at: answer.at, answered_by: answer.by })
}

/** Every formal check of an agency with its answer, newest first. */
export async function listChecks(db: Database, agencyId: string): Promise<AgencyCheck[]> {
  const rows = await db('agency_checks as c')
    .leftJoin('agency_check_answers as w', 'w.check_id', 'c.id')
    .where('c.agency_id', agencyId)
    .orderBy('c.ordinal', 'desc')
    .limit(50)
    .select('c.id', 'c.verdict', 'c.reasons', 'c.note', 'c.checked_at', 'w.answer', 'w.answered_at')
  return rows.map((row) => ({ id: row.id, verdict: row.verdict, reasons: row.reasons, note: row.note, checkedAt: row.checked_at, answer: row.answer, answeredAt: row.answered_at }))
}
