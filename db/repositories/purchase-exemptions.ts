import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Exemption } from '#app/domain/guard/route.ts'

export type PurchaseExemption = {
  id: string
  ownerId: string
  projectCode: string
  listingId: string
  exemption: Exemption
  reason: string
  ceilingFen: number
  recordedBy: string | null
  recordedAt: Date
  ledgerEntryId: string
}

/** The project is held, so that a form sent twice is found by {@link findSameExemption}. The ceiling is fen above nought; it is never changed. */
export async function insertExemption(trx: Knex.Transaction, { id, ownerId, projectCode, listingId, exemption, reason, ceilingFen, recordedBy, recordedAt, ledgerEntryId }: PurchaseExemption): Promise<void> {
  await trx('purchase_exemptions').insert({ id, owner_id: ownerId, project_code: projectCode, listing_id: listingId, exemption, reason, ceiling_fen: ceilingFen, recorded_by: recordedBy, recorded_at: recordedAt, ledger_entry_id: ledgerEntryId })
}

/** The record that says the same of the same purchase. */
export async function findSameExemption(trx: Knex.Transaction, { projectCode, listingId, exemption, reason, ceilingFen }: Pick<PurchaseExemption, 'projectCode' | 'listingId' | 'exemption' | 'reason' | 'ceilingFen'>): Promise<{ id: string } | undefined> {
  return trx('purchase_exemptions').where({ project_code: projectCode, listing_id: listingId, exemption, reason, ceiling_fen: ceilingFen }).orderBy('recorded_at').first('id')
}

/** What its owner may read again of them; nobody else does. */
export type ExemptionLine = Pick<PurchaseExemption, 'id' | 'exemption' | 'reason' | 'ceilingFen' | 'recordedAt' | 'ledgerEntryId'> & { listingName: string }

/** The latest first, at most `limit`; those of a project's earlier owner are that one's alone. */
export async function listExemptions(db: Database, { projectCode, ownerId, limit }: { projectCode: string; ownerId: string; limit: number }): Promise<ExemptionLine[]> {
  return (await db('purchase_exemptions as p')
    .join('listings', 'listings.id', 'p.listing_id')
    .where({ 'p.project_code': projectCode, 'p.owner_id': ownerId })
    .orderBy([{ column: 'p.recorded_at', order: 'desc' }, { column: 'p.id' }])
    .limit(limit)
    .select({ id: 'p.id', exemption: 'p.exemption', reason: 'p.reason', ceilingFen: 'p.ceiling_fen', recordedAt: 'p.recorded_at', ledgerEntryId: 'p.ledger_entry_id', listingName: 'listings.name' })) as ExemptionLine[]
}
