import { transact } from '#db/client.ts'
import { listQualificationKinds, listQualifications, lockQualification, removeQualification } from '#db/repositories/qualifications.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { lockOwnAgency } from './own-agency.server.ts'
import type { Qualification, QualificationFields } from './qualification.ts'
import { recordQualification } from './record-qualification.server.ts'

const MOST = 100

/**
 * Adds a certificate to one's own record.
 *
 * @throws Refusal `agencies.qualification-unknown`, `agencies.grade-unknown`, `agencies.qualification-held`, `agencies.too-many-listed`
 */
export async function addQualification(context: Context, fields: QualificationFields): Promise<{ qualification: Qualification; ledger: LedgerReference }> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    if ((await listQualifications(trx, member.organisationId)).length >= MOST) throw new Refusal('conflict', 'agencies.too-many-listed', { params: { most: MOST } })
    const qualification = await recordQualification(trx, { agencyId: member.organisationId, fields, kinds: await listQualificationKinds(trx), at, by: member.accountId })
    return { qualification, ledger: await say(trx, context, 'agency.qualification-added', qualification, at) }
  })
}

/**
 * Renews a certificate: the new one takes the place of the old, which is kept.
 *
 * @throws Refusal `agencies.qualification-gone` (404); what {@link addQualification} refuses
 */
export async function renewQualification(context: Context, { qualificationId, ...fields }: Omit<QualificationFields, 'kind'> & { qualificationId: string }): Promise<{ qualification: Qualification; ledger: LedgerReference }> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    const old = await lockQualification(trx, { id: qualificationId, agencyId: member.organisationId })
    if (!old) throw new Refusal('missing', 'agencies.qualification-gone')
    await removeQualification(trx, old.id, at)
    const qualification = await recordQualification(trx, { agencyId: member.organisationId, fields: { ...fields, kind: old.kind }, kinds: await listQualificationKinds(trx), at, by: member.accountId, renews: old.id })
    return { qualification, ledger: await say(trx, context, 'agency.qualification-renewed', qualification, at) }
  })
}

/** Takes a certificate off one's own record. @throws Refusal `agencies.qualification-gone` (404) */
export async function dropQualification(context: Context, { qualificationId }: { qualificationId: string }): Promise<LedgerReference> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    const old = await lockQualification(trx, { id: qualificationId, agencyId: member.organisationId })
    if (!old) throw new Refusal('missing', 'agencies.qualification-gone')
    await removeQualification(trx, old.id, at)
    return say(trx, context, 'agency.qualification-removed', old, at)
  })
}

const EVENTS = {
  'agency.qualification-added': 'marketplace.agency.qualification-added.v1',
  'agency.qualification-renewed': 'marketplace.agency.qualification-renewed.v1',
  'agency.qualification-removed': 'marketplace.agency.qualification-removed.v1',
} as const

/** A certificate is a public fact of an organisation, so the ledger has it whole. */
function say(trx: Parameters<typeof tell>[0], context: Context, kind: keyof typeof EVENTS, { kind: qualification, grade, number, validUntil }: Qualification, at: Date): Promise<LedgerReference> {
  const { uscc, divisionCode } = context.actor as { uscc: string; divisionCode: string }
  const facts = { agency: uscc, qualification, grade, number, validUntil }
  return tell(trx, context, { at, act: 'keep:agency', kind, subject: uscc, divisionCode, facts, event: { type: EVENTS[kind], data: facts } })
}
