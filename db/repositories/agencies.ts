import type { Knex } from 'knex'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import type { Database } from '#app/domain/context.ts'

export type AgencyRow = { organisationId: string; introduction: string; committedAt: Date; admittedAt: Date | null; expelledAt: Date | null }

export async function insertAgency(trx: Knex.Transaction, agency: Omit<AgencyRow, 'expelledAt'>): Promise<void> {
  await trx('agencies').insert({ organisation_id: agency.organisationId, introduction: agency.introduction, committed_at: agency.committedAt, admitted_at: agency.admittedAt })
}

/** The agency, held against expulsion until the transaction ends; many offers may hold it at once. */
export async function lockAgency(trx: Knex.Transaction, organisationId: string): Promise<AgencyRow | undefined> {
  const row = await trx('agencies').where({ organisation_id: organisationId }).forShare().first()
  return row && { organisationId: row.organisation_id, introduction: row.introduction, committedAt: row.committed_at, admittedAt: row.admitted_at, expelledAt: row.expelled_at }
}

export async function insertAgencyDocument(trx: Knex.Transaction, document: StoredDocument & { id: string; agencyId: string; kind: 'licence'; at: Date; by: string | null }): Promise<void> {
  await trx('agency_documents').insert({
    id: document.id,
    agency_id: document.agencyId,
    kind: document.kind,
    sha256: Buffer.from(document.sha256, 'hex'),
    name: document.name,
    media_type: document.mediaType,
    bytes: document.bytes,
    uploaded_at: document.at,
    uploaded_by: document.by,
  })
}

/** A paper by its id, with the agency it belongs to. */
export async function findAgencyDocument(db: Database, id: string): Promise<(StoredDocument & { agencyId: string }) | undefined> {
  const row = await db('agency_documents').where({ id }).first()
  return row && { agencyId: row.agency_id, sha256: row.sha256.toString('hex'), name: row.name, mediaType: row.media_type, bytes: row.bytes }
}
