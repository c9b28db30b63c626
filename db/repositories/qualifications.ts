import type { Knex } from 'knex'
import type { Qualification, QualificationKind } from '#app/domain/agencies/qualification.ts'
import type { Database } from '#app/domain/context.ts'

type KindRow = Omit<QualificationKind, 'validYears'> & { valid_years: number | null }
type Row = { id: string; agency_id: string; kind: string; grade: string | null; scope: string; issuer: string; number: string; valid_until: string | null }

/** Every kind of qualification, by code. */
export async function listQualificationKinds(db: Database): Promise<QualificationKind[]> {
  const rows = await db<KindRow>('qualification_kinds').select('code', 'category', 'name', 'grades', 'issuer', 'valid_years', 'practitioners', 'admission', 'note', 'source', 'categories').orderBy('code').options({ name: 'qualification-kinds' })
  return rows.map(({ valid_years, ...same }) => ({ ...same, validYears: valid_years }))
}

/** Writes kinds, replacing what their codes said before. */
export async function saveQualificationKinds(db: Database, kinds: readonly QualificationKind[]): Promise<void> {
  await db<KindRow>('qualification_kinds').insert(kinds.map(({ validYears, ...same }) => ({ ...same, valid_years: validYears }))).onConflict('code').merge()
}

/** The certificates that stand on an agency's record, expired ones too, by kind. */
export async function listQualifications(db: Database, agencyId: string): Promise<(Qualification & { addedAt: Date })[]> {
  const rows = (await db('agency_qualifications')
    .select('id', 'agency_id', 'kind', 'grade', 'scope', 'issuer', 'number', 'valid_until', 'added_at')
    .where({ agency_id: agencyId })
    .whereNull('removed_at')
    .orderBy(['kind', 'number'])
    .limit(200)
    .options({ name: 'qualifications' })) as (Row & { added_at: Date })[]
  return rows.map((row) => ({ ...toQualification(row), addedAt: row.added_at }))
}

/** Writes a certificate; false when the agency shows this number of this kind already. */
export async function insertQualification(trx: Knex.Transaction, { agencyId, at, by, renews = null, ...one }: Qualification & { agencyId: string; at: Date; by: string | null; renews?: string | null }): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into agency_qualifications (id, agency_id, kind, grade, scope, issuer, number, valid_until, added_at, added_by, renews)
     values (:id, :agencyId, :kind, :grade, :scope, :issuer, :number, :validUntil, :at, :by, :renews)
     on conflict (agency_id, kind, number) where removed_at is null do nothing`,
    { ...one, agencyId, at, by, renews } as unknown as Knex.ValueDict,
  )
  return rowCount === 1
}

/** A certificate that stands, held for change. */
export async function lockQualification(trx: Knex.Transaction, { id, agencyId }: { id: string; agencyId: string }): Promise<Qualification | undefined> {
  const row = (await trx('agency_qualifications').where({ id, agency_id: agencyId }).whereNull('removed_at').forUpdate().first()) as Row | undefined
  return row && toQualification(row)
}

/** After {@link lockQualification}; the row stays for what was judged by it. A renewal ends the old one so before the new one comes. */
export async function removeQualification(trx: Knex.Transaction, id: string, at: Date): Promise<void> {
  await trx('agency_qualifications').where({ id }).update({ removed_at: at })
}

function toQualification(row: Row): Qualification {
  return { id: row.id, kind: row.kind, grade: row.grade, scope: row.scope, issuer: row.issuer, number: row.number, validUntil: row.valid_until }
}
