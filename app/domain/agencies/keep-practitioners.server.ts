import { transact } from '#db/client.ts'
import { listPractitioners, removePractitioner } from '#db/repositories/practitioners.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { lockOwnAgency } from './own-agency.server.ts'
import type { Practitioner, PractitionerFields } from './practitioner.ts'
import { recordPractitioner } from './record-practitioner.server.ts'

const MOST = 200

/** Who works at the caller's agency, with names: for its own people only. */
export async function findMyPractitioners(context: Context): Promise<Practitioner[]> {
  return listPractitioners(context.db, memberWho(context.actor, 'keep:agency').organisationId)
}

/**
 * Names somebody who works here. The ledger learns the kinds of licences; the name enters as a salted hash.
 *
 * @throws Refusal `agencies.practitioner-elsewhere` where a licence is in use, `agencies.too-many-listed`
 */
export async function addPractitioner(context: Context, fields: PractitionerFields): Promise<{ practitionerId: string; ledger: LedgerReference }> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    if ((await listPractitioners(trx, member.organisationId)).length >= MOST) throw new Refusal('conflict', 'agencies.too-many-listed', { params: { most: MOST } })
    const practitionerId = await recordPractitioner(trx, { agencyId: member.organisationId, fields, at, by: member.accountId })
    const facts = { agency: member.uscc, practitioner: practitionerId, proof: fields.proof, licences: fields.licences.map(({ kind }) => kind) }
    const ledger = await tell(trx, context, { at, act: 'keep:agency', kind: 'agency.practitioner-added', subject: member.uscc!, divisionCode: member.divisionCode, facts, concealed: { name: fields.name } })
    return { practitionerId, ledger }
  })
}

/** Says that somebody no longer works here; their licences are free for another agency at once. @throws Refusal `agencies.practitioner-gone` (404) */
export async function dropPractitioner(context: Context, { practitionerId }: { practitionerId: string }): Promise<LedgerReference> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    if (!(await removePractitioner(trx, { id: practitionerId, agencyId: member.organisationId, at }))) throw new Refusal('missing', 'agencies.practitioner-gone')
    return tell(trx, context, { at, act: 'keep:agency', kind: 'agency.practitioner-removed', subject: member.uscc!, divisionCode: member.divisionCode, facts: { agency: member.uscc, practitioner: practitionerId } })
  })
}
