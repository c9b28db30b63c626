import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { insertAgencyDocument, listAgencyDocuments, removeAgencyDocument, saveCommitment, saveProfile } from '#db/repositories/agencies.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { COMMITMENT } from './agency.ts'
import { MOST_DOCUMENTS, type DocumentKind, type StoredDocument } from './document.ts'
import { lockOwnAgency } from './own-agency.server.ts'

/**
 * Changes what an agency says of itself and where it wants to serve. What says the same as before changes nothing and is not told.
 *
 * @throws Refusal `agencies.division-unknown`
 */
export async function changeProfile(context: Context, profile: { introduction: string; serviceDivisions: string[] }): Promise<LedgerReference | null> {
  return transact(context.db, async (trx) => {
    const { member, agency, at } = await lockOwnAgency(trx, context)
    if (agency.introduction === profile.introduction && isSameSet(agency.serviceDivisions, profile.serviceDivisions)) return null
    for (const code of profile.serviceDivisions) if (!(await findDivision(trx, code))) throw new Refusal('invalid', 'agencies.division-unknown', { field: 'serviceDivisions', params: { division: code } })
    await saveProfile(trx, member.organisationId, profile)
    return tell(trx, context, { at, act: 'keep:agency', kind: 'agency.profile-changed', subject: member.uscc!, divisionCode: member.divisionCode, facts: { agency: member.uscc }, payload: { agency: member.uscc, ...profile }, event: { type: 'marketplace.agency.profile-changed.v1', data: { agency: member.uscc } } })
  })
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((code) => other.includes(code))
}

/** An imported agency's manager gives the commitment that everybody else gave at registration. @throws Refusal `agencies.committed-already` */
export async function commitAgency(context: Context): Promise<LedgerReference> {
  return transact(context.db, async (trx) => {
    const { member, agency, at } = await lockOwnAgency(trx, context)
    if (agency.committedAt) throw new Refusal('conflict', 'agencies.committed-already')
    await saveCommitment(trx, member.organisationId, at)
    const facts = { agency: member.uscc, name: member.organisationName, commitment: COMMITMENT }
    return tell(trx, context, { at, act: 'keep:agency', kind: 'agency.committed', subject: member.uscc!, divisionCode: member.divisionCode, facts, event: { type: 'marketplace.agency.committed.v1', data: { agency: member.uscc, name: member.organisationName } } })
  })
}

/** Shows one more paper. The ledger learns its hash. @throws Refusal `agencies.too-many-listed` */
export async function addDocument(context: Context, document: StoredDocument & { kind: DocumentKind }): Promise<{ id: string; ledger: LedgerReference }> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    if ((await listAgencyDocuments(trx, member.organisationId)).length >= MOST_DOCUMENTS) throw new Refusal('conflict', 'agencies.too-many-listed', { field: 'file', params: { most: MOST_DOCUMENTS } })
    const id = newId()
    await insertAgencyDocument(trx, { ...document, id, agencyId: member.organisationId, at, by: member.accountId })
    const ledger = await tell(trx, context, { at, act: 'keep:agency', kind: 'agency.document-added', subject: member.uscc!, divisionCode: member.divisionCode, facts: { agency: member.uscc, document: document.sha256, what: document.kind } })
    return { id, ledger }
  })
}

/** Takes a paper back; who checked it can still see it. @throws Refusal `agencies.document-unknown` (404) */
export async function dropDocument(context: Context, { documentId }: { documentId: string }): Promise<LedgerReference> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    if (!(await removeAgencyDocument(trx, { id: documentId, agencyId: member.organisationId, at }))) throw new Refusal('missing', 'agencies.document-unknown')
    return tell(trx, context, { at, act: 'keep:agency', kind: 'agency.document-removed', subject: member.uscc!, divisionCode: member.divisionCode, facts: { agency: member.uscc, document: documentId } })
  })
}
