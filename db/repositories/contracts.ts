import type { Knex } from 'knex'
import type { MediaType, StoredDocument } from '#app/domain/agencies/document.ts'
import type { ContractFields } from '#app/domain/contracts/contract.ts'
import type { Database } from '#app/domain/context.ts'

export type NewContract = ContractFields & { id: string; tenderId: string; agencyId: string; document: StoredDocument; filedBy: string; filedAt: Date; confirmBy: Date; ledgerEntryId: string }

/** One contract stands at a time: a second one is refused by its index, whatever the code above believes. */
export async function insertContract(trx: Knex.Transaction, { document, ...contract }: NewContract): Promise<void> {
  await trx('contracts').insert({
    id: contract.id,
    tender_id: contract.tenderId,
    agency_id: contract.agencyId,
    amount_fen: contract.amountFen,
    service_days: contract.serviceDays,
    signed_on: contract.signedOn,
    sha256: Buffer.from(document.sha256, 'hex'),
    file_name: document.name,
    media_type: document.mediaType,
    bytes: document.bytes,
    filed_by: contract.filedBy,
    filed_at: contract.filedAt,
    confirm_by: contract.confirmBy,
    ledger_entry_id: contract.ledgerEntryId,
  })
}

/**
 * Binds both. `by` is the organisation of the side that did not file; the table refuses the one that did, and a contract that was refused. The
 * tender is held, and the caller has asked whether it waits.
 */
export async function saveConfirmation(trx: Knex.Transaction, { id, at, by }: { id: string; at: Date; by: string }): Promise<void> {
  await trx('contracts').where({ id }).update({ confirmed_at: at, confirmed_by: by })
}

/** Frees the place for another contract; the refused one stays to be read. The table refuses it of a confirmed one. */
export async function saveRefusal(trx: Knex.Transaction, { id, at, reason }: { id: string; at: Date; reason: string }): Promise<void> {
  await trx('contracts').where({ id }).update({ refused_at: at, refusal: reason })
}

/** A contract's file with those who may have it: its two sides, and the regulator of the tender's area. */
export async function findContractFile(db: Database, id: string): Promise<{ document: StoredDocument; ownerId: string; agencyId: string; divisionCode: string } | undefined> {
  const row = (await db('contracts')
    .join('tenders', 'tenders.id', 'contracts.tender_id')
    .where({ 'contracts.id': id })
    .first('contracts.sha256', 'contracts.file_name', 'contracts.media_type', 'contracts.bytes', 'contracts.agency_id', 'tenders.owner_id', 'tenders.division_code')) as FileRow | undefined
  return row && { document: toDocument(row), ownerId: row.owner_id, agencyId: row.agency_id, divisionCode: row.division_code }
}

type FileRow = { sha256: Buffer; file_name: string; media_type: MediaType; bytes: number; agency_id: string; owner_id: string; division_code: string }

function toDocument({ sha256, file_name, media_type, bytes }: Pick<FileRow, 'sha256' | 'file_name' | 'media_type' | 'bytes'>): StoredDocument {
  return { sha256: sha256.toString('hex'), name: file_name, mediaType: media_type, bytes }
}
