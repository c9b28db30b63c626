import type { Knex } from 'knex'
import type { MediaType, StoredDocument } from '#app/domain/agencies/document.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import type { Deliverable } from '#app/domain/contracts/deliverable.ts'

export type NewDeliverable = Pick<Deliverable, 'id' | 'round' | 'name' | 'document' | 'handover' | 'deliveredAt' | 'answerBy'> & { contractId: string; listingCode: string; projectCode: string; deliveredBy: string | null; ledgerEntryId: string }

/** A round is handed over once: its key refuses a second. */
export async function insertDeliverable(trx: Knex.Transaction, { document, ...one }: NewDeliverable): Promise<void> {
  await trx('deliverables').insert({
    id: one.id,
    contract_id: one.contractId,
    round: one.round,
    listing_code: one.listingCode,
    project_code: one.projectCode,
    name: one.name,
    sha256: document && Buffer.from(document.sha256, 'hex'),
    file_name: document?.name ?? null,
    media_type: document?.mediaType ?? null,
    bytes: document?.bytes ?? null,
    handover: one.handover,
    delivered_at: one.deliveredAt,
    delivered_by: one.deliveredBy,
    answer_by: one.answerBy,
    ledger_entry_id: one.ledgerEntryId,
  })
}

/** @param by null where nobody answered in time */
export async function saveAcceptance(trx: Knex.Transaction, { id, at, validUntil, by }: { id: string; at: Date; validUntil: Day | null; by: string | null }): Promise<void> {
  await trx('deliverables').where({ id }).update({ accepted_at: at, valid_until: validUntil, answered_by: by })
}

/** All reasons at once; `unmet` says which of the first ones were not met, null where the return says nothing of them. */
export async function saveReturn(trx: Knex.Transaction, { id, at, reasons, unmet, by }: { id: string; at: Date; reasons: string; unmet: string | null; by: string }): Promise<void> {
  await trx('deliverables').where({ id }).update({ returned_at: at, reasons, unmet, answered_by: by })
}

/** Tenders with a result that nobody answered in time, the longest waiting first. */
export async function listUnansweredResults(db: Database, at: Date, limit: number): Promise<{ tenderId: string; number: string }[]> {
  return db('deliverables')
    .join('contracts', 'contracts.id', 'deliverables.contract_id')
    .join('tenders', 'tenders.id', 'contracts.tender_id')
    .whereNull('deliverables.accepted_at')
    .whereNull('deliverables.returned_at')
    .where('deliverables.answer_by', '<=', at)
    .orderBy([{ column: 'deliverables.answer_by' }, { column: 'deliverables.id' }])
    .limit(limit)
    .select({ tenderId: 'tenders.id', number: 'tenders.number' })
}

type FileRow = { sha256: Buffer | null; file_name: string | null; media_type: MediaType | null; bytes: number | null; agency_id: string; owner_id: string; division_code: string; authority_id: string | null; accepted_at: Date | null }
export type DeliverableFile = { document: StoredDocument | null; ownerId: string; agencyId: string; divisionCode: string; authorityId: string | null; acceptedAt: Date | null }

/** A result's file with those who may have it; `authorityId` is the office in whose case it lands. */
export async function findDeliverableFile(db: Database, id: string): Promise<DeliverableFile | undefined> {
  const row = (await db('deliverables')
    .join('contracts', 'contracts.id', 'deliverables.contract_id')
    .join('tenders', 'tenders.id', 'contracts.tender_id')
    .leftJoin('case_tenders as opened', 'opened.tender_id', 'tenders.id')
    .leftJoin('cases', 'cases.id', 'opened.case_id')
    .where({ 'deliverables.id': id })
    .first('deliverables.sha256', 'deliverables.file_name', 'deliverables.media_type', 'deliverables.bytes', 'deliverables.accepted_at', 'contracts.agency_id', 'tenders.owner_id', 'tenders.division_code', 'cases.authority_id')) as FileRow | undefined
  if (!row) return undefined
  const document = row.sha256 && { sha256: row.sha256.toString('hex'), name: row.file_name!, mediaType: row.media_type!, bytes: row.bytes! }
  return { document, ownerId: row.owner_id, agencyId: row.agency_id, divisionCode: row.division_code, authorityId: row.authority_id, acceptedAt: row.accepted_at }
}
