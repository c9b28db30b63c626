import type { Knex } from 'knex'
import type { Sanction, SanctionKind } from '#app/domain/agencies/sanction.ts'
import type { Database } from '#app/domain/context.ts'

type Row = { id: string; kind: SanctionKind; number: string; authority: string; reason: string; from_on: string; until_on: string | null; final_on: string; lifted_at: Date | null; recorded_at: Date; agreed_at: Date | null }

/** One recorded decision with the agency that it is about. */
export type SanctionLine = Sanction & { agency: { uscc: string; name: string }; recordedBy: string; liftReason: string | null }

function sanctions(db: Database) {
  return db('agency_sanctions as s')
    .join('organisations as o', 'o.id', 's.agency_id')
    .leftJoin('agency_sanction_lifts as lifts', 'lifts.sanction_id', 's.id')
    .leftJoin('agency_sanction_agreements as agreed', 'agreed.sanction_id', 's.id')
    .select('s.*', 'lifts.lifted_at', 'lifts.reason as lift_reason', 'agreed.agreed_at', 'o.uscc', 'o.name', 'o.division_code')
}

/** Writes a decision; false where the agency has this number of this kind already. */
export async function insertSanction(trx: Knex.Transaction, { agencyId, at, by, ledgerEntryId, ...one }: Omit<Sanction, 'liftedAt' | 'recordedAt' | 'agreedAt'> & { agencyId: string; at: Date; by: string; ledgerEntryId: string }): Promise<boolean> {
  const row = { id: one.id, agency_id: agencyId, kind: one.kind, number: one.number, authority: one.authority, reason: one.reason, from_on: one.fromOn, until_on: one.untilOn, final_on: one.finalOn, recorded_at: at, recorded_by: by, ledger_entry_id: ledgerEntryId }
  return (await trx('agency_sanctions').insert(row).onConflict(['agency_id', 'kind', 'number']).ignore().returning('id')).length === 1
}

/** One decision with the seat of its agency. */
export async function findSanction(db: Database, id: string): Promise<(Sanction & { uscc: string; name: string; divisionCode: string; recordedBy: string }) | undefined> {
  const row = await sanctions(db).where('s.id', id).first()
  return row && { ...toSanction(row), uscc: row.uscc, name: row.name, divisionCode: row.division_code, recordedBy: row.recorded_by }
}

/** False where it was lifted already. */
export async function insertLift(trx: Knex.Transaction, lift: { sanctionId: string; reason: string; at: Date; by: string; ledgerEntryId: string }): Promise<boolean> {
  const row = { sanction_id: lift.sanctionId, reason: lift.reason, lifted_at: lift.at, lifted_by: lift.by, ledger_entry_id: lift.ledgerEntryId }
  return (await trx('agency_sanction_lifts').insert(row).onConflict('sanction_id').ignore().returning('sanction_id')).length === 1
}

/** A second officer's agreement; false where there was one already. */
export async function insertAgreement(trx: Knex.Transaction, { sanctionId, at, by, ledgerEntryId }: { sanctionId: string; at: Date; by: string; ledgerEntryId: string }): Promise<boolean> {
  const row = { sanction_id: sanctionId, agreed_at: at, agreed_by: by, ledger_entry_id: ledgerEntryId }
  return (await trx('agency_sanction_agreements').insert(row).onConflict('sanction_id').ignore().returning('sanction_id')).length === 1
}

/** Every decision against one agency, newest first. */
export async function listSanctionsOf(db: Database, agencyId: string): Promise<Sanction[]> {
  const rows = (await sanctions(db).where('s.agency_id', agencyId).orderBy([{ column: 's.recorded_at', order: 'desc' }, { column: 's.id' }]).limit(100)) as Row[]
  return rows.map(toSanction)
}

/** The decisions about agencies whose seat is in a division or below it, newest first. */
export async function listSanctions(db: Database, { divisionPrefix, limit }: { divisionPrefix: string; limit: number }): Promise<SanctionLine[]> {
  const rows = await sanctions(db).where('o.division_code', 'like', `${divisionPrefix}%`).orderBy([{ column: 's.recorded_at', order: 'desc' }, { column: 's.id' }]).limit(limit)
  return rows.map((row) => ({ ...toSanction(row), agency: { uscc: row.uscc, name: row.name }, recordedBy: row.recorded_by, liftReason: row.lift_reason }))
}

function toSanction(row: Row): Sanction {
  return { id: row.id, kind: row.kind, number: row.number, authority: row.authority, reason: row.reason, fromOn: row.from_on, untilOn: row.until_on, finalOn: row.final_on, liftedAt: row.lifted_at, recordedAt: row.recorded_at, agreedAt: row.agreed_at }
}
