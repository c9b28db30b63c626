import type { Knex } from 'knex'
import type { ImportReport } from '#app/domain/agencies/agency-import.ts'
import type { Database } from '#app/domain/context.ts'

export type AgencyImport = { id: string; fileName: string; sha256: string; report: ImportReport; uploadedAt: Date; confirmedAt: Date | null }

type Row = { id: string; file_name: string; sha256: Buffer; report: ImportReport; uploaded_at: Date; confirmed_at: Date | null }

/** Keeps what was read of a file, with the file's hash (hex). No agency comes of it before it is confirmed. */
export async function insertImport(trx: Knex.Transaction, one: Omit<AgencyImport, 'confirmedAt'> & { by: string }): Promise<void> {
  await trx('agency_imports').insert({ id: one.id, file_name: one.fileName, sha256: Buffer.from(one.sha256, 'hex'), report: JSON.stringify(one.report), uploaded_at: one.uploadedAt, uploaded_by: one.by })
}

/** With what was read in every row, confirmed or not; undefined for an unknown id, which is a uuid. */
export async function findImport(db: Database, id: string): Promise<AgencyImport | undefined> {
  const row: Row | undefined = await db('agency_imports').where({ id }).first()
  return row && toImport(row)
}

/** Held until the transaction ends: a file is imported once, however often somebody presses. */
export async function lockImport(trx: Knex.Transaction, id: string): Promise<AgencyImport | undefined> {
  const row: Row | undefined = await trx('agency_imports').where({ id }).forUpdate().first()
  return row && toImport(row)
}

/** After {@link lockImport} and only where it was not confirmed: what became of each row stands in the place of what was read. */
export async function saveConfirmed(trx: Knex.Transaction, id: string, { report, at, by }: { report: ImportReport; at: Date; by: string }): Promise<void> {
  await trx('agency_imports').where({ id }).update({ report: JSON.stringify(report), confirmed_at: at, confirmed_by: by })
}

/** The last files, newest first, without their rows. */
export async function listImports(db: Database): Promise<{ id: string; fileName: string; uploadedAt: Date; confirmedAt: Date | null; rows: number }[]> {
  const rows = await db('agency_imports')
    .orderBy([{ column: 'uploaded_at', order: 'desc' }, { column: 'id', order: 'desc' }])
    .limit(20)
    .select('id', 'file_name', 'uploaded_at', 'confirmed_at', db.raw(`jsonb_array_length(report->'rows') as rows`))
  return rows.map((row) => ({ id: row.id, fileName: row.file_name, uploadedAt: row.uploaded_at, confirmedAt: row.confirmed_at, rows: row.rows }))
}

/** Which of these codes somebody is registered under already. */
export async function listRegistered(db: Database, usccs: readonly string[]): Promise<Set<string>> {
  return new Set(await db('organisations').whereIn('uscc', [...usccs]).pluck('uscc'))
}

function toImport(row: Row): AgencyImport {
  return { id: row.id, fileName: row.file_name, sha256: row.sha256.toString('hex'), report: row.report, uploadedAt: row.uploaded_at, confirmedAt: row.confirmed_at }
}
