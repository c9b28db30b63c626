import type { Knex } from 'knex'
import type { CreditGrade, Grade } from '#app/domain/agencies/credit-grade.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import type { Database } from '#app/domain/context.ts'

/** One more in the agency's history in this division; the latest counts. It is never changed: what was wrong is graded anew. */
export async function insertGrade(trx: Knex.Transaction, grade: CreditGrade): Promise<void> {
  await trx('credit_grades').insert({
    id: grade.id,
    agency_id: grade.agencyId,
    division_code: grade.divisionCode,
    grade: grade.grade,
    source: grade.source,
    reason: grade.reason,
    graded_at: grade.gradedAt,
    graded_by: grade.gradedBy,
    ledger_entry_id: grade.ledgerEntryId,
  })
}

/** The grade that counts of each agency in a division now: its own division's latest, else the city's, else the province's. Who has none is not in it. */
export async function findGrades(db: Database, { agencyIds, divisionCode }: { agencyIds: readonly string[]; divisionCode: string }): Promise<Map<string, Pick<CreditGrade, 'grade' | 'ledgerEntryId'>>> {
  const { rows } = await db.raw<{ rows: { agency_id: string; grade: Grade; ledger_entry_id: string }[] }>(
    `select distinct on (agency_id) agency_id, grade, ledger_entry_id from credit_grades
      where agency_id = any (:agencyIds) and division_code = any (:chain)
      order by agency_id, array_position(:chain, division_code), ordinal desc`,
    { agencyIds: [...agencyIds], chain: chainOf(divisionCode) } as unknown as Knex.ValueDict,
  )
  return new Map(rows.map((row) => [row.agency_id, { grade: row.grade, ledgerEntryId: row.ledger_entry_id }]))
}

/** The latest grade of one agency in exactly this division. */
export async function findOwnGrade(db: Database, { agencyId, divisionCode }: { agencyId: string; divisionCode: string }): Promise<Grade | null> {
  const row = (await db('credit_grades').where({ agency_id: agencyId, division_code: divisionCode }).orderBy('ordinal', 'desc').first('grade')) as { grade: Grade } | undefined
  return row?.grade ?? null
}

/** One published grade as everybody reads it. */
export type GradeLine = { id: string; uscc: string; name: string; division: string; grade: Grade; source: string; reason: string; gradedAt: Date; entry: string }

/** Every grade that was ever published, newest first: of one agency, or of a division and what lies in it. */
export async function listGrades(db: Database, { agencyId, divisionPrefix = '', limit }: { agencyId?: string; divisionPrefix?: string; limit: number }): Promise<GradeLine[]> {
  const query = db('credit_grades as grades')
    .join('organisations as agencies', 'agencies.id', 'grades.agency_id')
    .join('divisions', 'divisions.code', 'grades.division_code')
    .where('grades.division_code', 'like', `${divisionPrefix}%`)
    .orderBy('grades.ordinal', 'desc')
    .limit(limit)
    .select('grades.id', 'agencies.uscc', 'agencies.name', 'grades.grade', 'grades.source', 'grades.reason', { division: 'divisions.name', gradedAt: 'grades.graded_at', entry: 'grades.ledger_entry_id' })
  return agencyId ? query.where('grades.agency_id', agencyId) : query
}
