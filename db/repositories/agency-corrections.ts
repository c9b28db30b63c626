import type { Knex } from 'knex'
import type { Correctable, Correction, Recorded } from '#app/domain/agencies/correction.ts'
import type { Database } from '#app/domain/context.ts'

type Row = { legal_representative: string | null; phone: string | null; address: string | null; agent_name: string | null; contact_name: string | null; contact_phone: string | null; shareholders: string | null }

/** What stands in an agency's record now, held until the transaction ends. */
export async function lockRecorded(trx: Knex.Transaction, agencyId: string): Promise<Recorded> {
  const row = (await trx('organisations as o').join('agencies as a', 'a.organisation_id', 'o.id').where('o.id', agencyId).forUpdate().first('o.legal_representative', 'o.phone', 'o.address', 'a.agent_name', 'a.contact_name', 'a.contact_phone', 'a.shareholders')) as Row
  return toRecorded(row)
}

/** Writes all of it, organisation and agency, changed or not. After {@link lockRecorded}, so that what stood before is kept right. */
export async function saveRecorded(trx: Knex.Transaction, agencyId: string, now: Correctable): Promise<void> {
  await trx('organisations').where({ id: agencyId }).update({ legal_representative: now.legalRepresentative, phone: now.phone, address: now.address })
  await trx('agencies').where({ organisation_id: agencyId }).update({ agent_name: now.agentName, contact_name: now.contactName, contact_phone: now.contactPhone, shareholders: now.shareholders })
}

/** Keeps the whole record as it read before, of which `changed` names the fields that differ now, at least one. It is never changed again. */
export async function insertCorrection(trx: Knex.Transaction, { before, ...one }: Correction & { id: string; agencyId: string; by: string; ledgerEntryId: string }): Promise<void> {
  await trx('agency_corrections').insert({
    id: one.id,
    agency_id: one.agencyId,
    changed: one.changed,
    legal_representative: before.legalRepresentative,
    phone: before.phone,
    address: before.address,
    agent_name: before.agentName,
    contact_name: before.contactName,
    contact_phone: before.contactPhone,
    shareholders: before.shareholders,
    corrected_at: one.at,
    corrected_by: one.by,
    ledger_entry_id: one.ledgerEntryId,
  })
}

/** An agency's last corrections, newest first. */
export async function listCorrections(db: Database, agencyId: string): Promise<Correction[]> {
  const rows: (Row & { changed: Correction['changed']; corrected_at: Date })[] = await db('agency_corrections').where({ agency_id: agencyId }).orderBy([{ column: 'corrected_at', order: 'desc' }, { column: 'id' }]).limit(20)
  return rows.map((row) => ({ changed: row.changed, before: toRecorded(row), at: row.corrected_at }))
}

function toRecorded(row: Row): Recorded {
  return { legalRepresentative: row.legal_representative, phone: row.phone, address: row.address, agentName: row.agent_name, contactName: row.contact_name, contactPhone: row.contact_phone, shareholders: row.shareholders }
}
