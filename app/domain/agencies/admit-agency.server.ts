import { newId } from '#app/domain/chance.server.ts'
import type { Knex } from 'knex'
import { insertAgency, insertAgencyDocument } from '#db/repositories/agencies.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import { insertOrganisation, insertRole } from '#db/repositories/organisations.ts'
import { listQualificationKinds } from '#db/repositories/qualifications.ts'
import { openOrganisation, type Person } from '../accounts/open-account.server.ts'
import type { Context } from '../context.ts'
import type { Json } from '../ledger/canonical.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { COMMITMENT, FORMAL_CHECKS } from './agency.ts'
import type { DocumentKind, StoredDocument } from './document.ts'
import { noticeEnd } from './periods.server.ts'
import type { PractitionerFields } from './practitioner.ts'
import type { QualificationFields } from './qualification.ts'
import { recordPractitioner } from './record-practitioner.server.ts'
import { recordQualification } from './record-qualification.server.ts'

/** What an agency may bring beyond the short form; each is optional, and each can be added later at its desk. */
export type Brought = {
  serviceDivisions?: readonly string[]
  agentName?: string | null
  contactName?: string | null
  contactPhone?: string | null
  documents?: readonly (StoredDocument & { kind: DocumentKind })[]
  qualifications?: readonly QualificationFields[]
  practitioners?: readonly PractitionerFields[]
}

export type Admitted = {
  organisation: { uscc: string; name: string; legalRepresentative: string | null; phone: string | null; address: string | null; divisionCode: string }
  introduction: string
  /** Null where nobody acts for it yet: an imported agency, which commits when it is claimed. */
  person: Person | null
} & Brought

/**
 * Writes an agency that is active from this instant, with all it brought, and tells it. Part of a registration's or an import's
 * transaction: both go through this one door.
 *
 * @throws Refusal `accounts.division-unknown`, `accounts.uscc-registered`, `accounts.sign-in-name-taken`,
 * `agencies.qualification-unknown`, `agencies.grade-unknown`, `agencies.qualification-held`, `agencies.practitioner-elsewhere`
 */
export async function admitAgency(trx: Knex.Transaction, context: Context, admitted: Admitted, at: Date): Promise<{ organisationId: string; accountId: string | null; ledger: LedgerReference }> {
  const { organisation, person, introduction } = admitted
  const { uscc, name, divisionCode } = organisation
  if (!(await findDivision(trx, divisionCode))) throw new Refusal('invalid', 'accounts.division-unknown', { field: 'divisionCode' })
  const { organisationId, accountId } = await open(trx, admitted, at)
  const committedAt = person ? at : null
  const noticeEndsAt = await noticeEnd(trx, divisionCode, at)
  const { serviceDivisions = [], agentName = null, contactName = null, contactPhone = null, documents = [], qualifications = [], practitioners = [] } = admitted
  await insertAgency(trx, { organisationId, introduction, committedAt, admittedAt: at, noticeEndsAt, serviceDivisions, agentName, contactName, contactPhone })
  for (const document of documents) await insertAgencyDocument(trx, { ...document, id: newId(), agencyId: organisationId, at, by: accountId })
  const kinds = qualifications.length ? await listQualificationKinds(trx) : []
  for (const one of qualifications) await recordQualification(trx, { agencyId: organisationId, fields: one, kinds, at, by: accountId })
  for (const one of practitioners) await recordPractitioner(trx, { agencyId: organisationId, fields: one, at, by: accountId })

  const licence = documents.find(({ kind }) => kind === 'licence')?.sha256 ?? null
  const facts: Record<string, Json> = person
    ? { agency: uscc, name, seat: divisionCode, commitment: COMMITMENT, checks: [...FORMAL_CHECKS], licence, noticeEndsAt: noticeEndsAt.toISOString() }
    : { agency: uscc, name, seat: divisionCode, checks: FORMAL_CHECKS.filter((check) => check !== 'commitment-given'), noticeEndsAt: noticeEndsAt.toISOString() }
  const ledger = await tell(trx, context, {
    at,
    act: person ? 'register:agency' : 'import:agencies',
    kind: person ? 'agency.admitted' : 'agency.imported',
    subject: uscc,
    divisionCode,
    facts,
    ...(qualifications.length > 0 && { payload: { agency: uscc, qualifications: qualifications.map(({ kind, grade, number, validUntil }) => ({ kind, grade, number, validUntil })) } }),
    event: { type: 'marketplace.agency.admitted.v1', data: { agency: uscc, name, imported: !person, noticeEndsAt: noticeEndsAt.toISOString() } },
    details: { account: accountId, organisation: organisationId },
  })
  return { organisationId, accountId, ledger }
}

async function open(trx: Knex.Transaction, { organisation, person }: Admitted, at: Date): Promise<{ organisationId: string; accountId: string | null }> {
  const written = { kind: 'organisation' as const, ...organisation }
  if (person) return openOrganisation(trx, { organisation: written, role: 'agency', person, at })
  const organisationId = newId()
  if (!(await insertOrganisation(trx, { ...written, id: organisationId, registeredAt: at }))) throw new Refusal('conflict', 'accounts.uscc-registered', { field: 'uscc' })
  await insertRole(trx, { organisationId, role: 'agency', since: at })
  return { organisationId, accountId: null }
}
