import type { MediaType } from '#app/domain/agencies/document.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { findTakenResult } from './shared-documents.ts'

/** An accepted result as the case has it for whose document it was bought. `file` is null where it is secret: then `handover` names the receipt. */
export type CaseDeliverable = {
  id: string
  materialCode: string
  tender: string
  listingCode: string
  name: string
  round: number
  file: { sha256: string; name: string; mediaType: MediaType; bytes: number } | null
  handover: string | null
  deliveredAt: Date
  acceptedAt: Date
  deemed: boolean
  validUntil: Day | null
}

type Row = Omit<CaseDeliverable, 'file'> & { sha256: string | null; fileName: string | null; mediaType: MediaType | null; bytes: number | null }

/**
 * One accepted result that landed in a case of this authority, or in another that a case of this authority takes it over from: what
 * `GET /api/v1/deliverables/{id}` answers with. It is told as the authority's own case has it, never as the other one.
 *
 * @param on the day on which a result that is taken over has to be valid
 */
export async function findCaseDeliverable(db: Database, { id, authorityId, on }: { id: string; authorityId: string; on: Day }): Promise<(CaseDeliverable & { caseNumber: string }) | undefined> {
  const row = (await accepted(db).join('cases', 'cases.id', 'opened.case_id').select({ caseNumber: 'cases.number' }).where({ 'result.id': id, 'cases.authority_id': authorityId }).first()) as (Row & { caseNumber: string }) | undefined
  if (row) return { ...toDeliverable(row), caseNumber: row.caseNumber }
  const taken = await findTakenResult(db, { id, authorityId, on })
  const there = taken && ((await accepted(db).where({ 'result.id': id }).first()) as Row | undefined)
  return there && { ...toDeliverable(there), materialCode: taken.material, caseNumber: taken.caseNumber }
}

function accepted(db: Database) {
  return db('case_tenders as opened')
    .join('tenders', 'tenders.id', 'opened.tender_id')
    .join('contracts', 'contracts.tender_id', 'tenders.id')
    .join('deliverables as result', 'result.contract_id', 'contracts.id')
    .whereNotNull('result.accepted_at')
    .select({ id: 'result.id', materialCode: 'opened.material_code', tender: 'tenders.number', listingCode: 'result.listing_code', name: 'result.name', round: 'result.round', fileName: 'result.file_name', mediaType: 'result.media_type', bytes: 'result.bytes', handover: 'result.handover', deliveredAt: 'result.delivered_at', acceptedAt: 'result.accepted_at', validUntil: 'result.valid_until' })
    .select(db.raw(`encode(result.sha256, 'hex') as sha256, result.answered_by is null as deemed`))
}

function toDeliverable({ sha256, fileName, mediaType, bytes, ...row }: Row): CaseDeliverable {
  return { ...row, file: sha256 === null ? null : { sha256, name: fileName!, mediaType: mediaType!, bytes: bytes! } }
}
