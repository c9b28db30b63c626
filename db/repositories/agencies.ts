import type { Knex } from 'knex'
import type { AgencyFacts, AgencyState, CheckState } from '#app/domain/agencies/agency-state.ts'
import type { DocumentKind, ShownDocument, StoredDocument } from '#app/domain/agencies/document.ts'
import type { Database } from '#app/domain/context.ts'

export type AgencyRow = AgencyFacts & { organisationId: string; introduction: string; serviceDivisions: string[] }

export type NewAgency = {
  organisationId: string
  introduction: string
  committedAt: Date | null
  admittedAt: Date
  noticeEndsAt: Date | null
  serviceDivisions: readonly string[]
  agentName: string | null
  contactName: string | null
  contactPhone: string | null
}

const RETURNED = `latest.verdict = 'returned' and latest.answered_at is null`

/** The twin of `agencyStateOf`, over `agencies as a left join agency_latest_checks as latest`; `:at` is the instant. */
export const AGENCY_STATES_IN_SQL: Record<AgencyState, string> = {
  ended: 'a.expelled_at is not null',
  unclaimed: 'a.expelled_at is null and (a.admitted_at is null or a.committed_at is null)',
  returned: `a.expelled_at is null and a.admitted_at is not null and a.committed_at is not null and ${RETURNED}`,
  noticed: `a.expelled_at is null and a.admitted_at is not null and a.committed_at is not null and (${RETURNED}) is not true and a.notice_ends_at > cast(:at as timestamptz)`,
  active: `a.expelled_at is null and a.admitted_at is not null and a.committed_at is not null and (${RETURNED}) is not true and (a.notice_ends_at is null or a.notice_ends_at <= cast(:at as timestamptz))`,
}

/** The twin of `checkStateOf`. */
export const CHECK_STATES_IN_SQL: Record<CheckState, string> = {
  unchecked: 'latest.id is null',
  answered: `latest.verdict = 'returned' and latest.answered_at is not null`,
  returned: RETURNED,
  passed: `latest.verdict = 'passed'`,
}

/**
 * Makes an organisation an agency; its key refuses a second time. `committedAt` is null for an imported one until its manager commits;
 * `noticeEndsAt` is the first instant after the public notice.
 */
export async function insertAgency(trx: Knex.Transaction, agency: NewAgency): Promise<void> {
  await trx('agencies').insert({
    organisation_id: agency.organisationId,
    introduction: agency.introduction,
    committed_at: agency.committedAt,
    admitted_at: agency.admittedAt,
    notice_ends_at: agency.noticeEndsAt,
    service_divisions: [...agency.serviceDivisions],
    agent_name: agency.agentName,
    contact_name: agency.contactName,
    contact_phone: agency.contactPhone,
  })
}

/** The agency with its latest check. `share` holds it against expulsion while many offer at once; `update` is for who changes it. */
export async function lockAgency(trx: Knex.Transaction, organisationId: string, mode: 'share' | 'update' = 'share'): Promise<AgencyRow | undefined> {
  const held = trx('agencies').where({ organisation_id: organisationId })
  const row = await (mode === 'share' ? held.forShare() : held.forUpdate()).first()
  if (!row) return undefined
  const latest = await trx('agency_latest_checks').where({ agency_id: organisationId }).first()
  return {
    organisationId: row.organisation_id,
    introduction: row.introduction,
    serviceDivisions: row.service_divisions,
    committedAt: row.committed_at,
    admittedAt: row.admitted_at,
    expelledAt: row.expelled_at,
    noticeEndsAt: row.notice_ends_at,
    check: latest ? { verdict: latest.verdict, checkedAt: latest.checked_at, answeredAt: latest.answered_at } : null,
  }
}

/** The first commitment stays: one that was given before is not moved. The row is held by {@link lockAgency}. */
export async function saveCommitment(trx: Knex.Transaction, organisationId: string, at: Date): Promise<void> {
  await trx('agencies').where({ organisation_id: organisationId }).whereNull('committed_at').update({ committed_at: at })
}

/** Both as they shall read, in place of what stood; division codes are known to exist. Offerings keep their own places. */
export async function saveProfile(trx: Knex.Transaction, organisationId: string, { introduction, serviceDivisions }: { introduction: string; serviceDivisions: readonly string[] }): Promise<void> {
  await trx('agencies').where({ organisation_id: organisationId }).update({ introduction, service_divisions: [...serviceDivisions] })
}

/** Keeps what is known of a paper; its bytes lie under their hash (hex here) in DATA_DIR/files already. `by` is null where no account brought it. */
export async function insertAgencyDocument(trx: Knex.Transaction, document: StoredDocument & { id: string; agencyId: string; kind: DocumentKind; at: Date; by: string | null }): Promise<void> {
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

/** A paper by its id, with the agency it belongs to; what was taken back stays for those who checked it. */
export async function findAgencyDocument(db: Database, id: string): Promise<(StoredDocument & { agencyId: string }) | undefined> {
  const row = await db('agency_documents').where({ id }).first()
  return row && { ...toDocument(row), agencyId: row.agency_id }
}

/** The papers that an agency shows now, newest first. */
export async function listAgencyDocuments(db: Database, agencyId: string): Promise<(ShownDocument & { uploadedAt: Date })[]> {
  const rows = await db('agency_documents').where({ agency_id: agencyId }).whereNull('removed_at').orderBy([{ column: 'uploaded_at', order: 'desc' }, { column: 'id' }]).limit(200)
  return rows.map((row) => ({ ...toDocument(row), id: row.id, kind: row.kind, uploadedAt: row.uploaded_at }))
}

/** Takes a paper back; false when there is none that stands. */
export async function removeAgencyDocument(trx: Knex.Transaction, { id, agencyId, at }: { id: string; agencyId: string; at: Date }): Promise<boolean> {
  return (await trx('agency_documents').where({ id, agency_id: agencyId }).whereNull('removed_at').update({ removed_at: at })) === 1
}

function toDocument(row: { sha256: Buffer; name: string; media_type: StoredDocument['mediaType']; bytes: number }): StoredDocument {
  return { sha256: row.sha256.toString('hex'), name: row.name, mediaType: row.media_type, bytes: row.bytes }
}
