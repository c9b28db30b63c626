import { transact } from '#db/client.ts'
import { insertMembership } from '#db/repositories/accounts.ts'
import { insertAgency } from '#db/repositories/agencies.ts'
import { insertRole, lockOrganisationByUscc } from '#db/repositories/organisations.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { COMMITMENT, FORMAL_CHECKS } from './agency.ts'
import { noticeEnd } from './periods.server.ts'
import { OWN_ROLES, type OwnRole } from './own-role.ts'

/**
 * An organisation that is registered as one thing becomes the other too: an owner offers services, an agency buys some.
 * Its manager manages both; the code is registered once and stays one organisation, so that nobody bids for their own tender unseen.
 *
 * @throws Refusal `accounts.not-allowed` to delegates; `agencies.role-not-open` to natural persons and offices; `agencies.role-held`
 */
export async function takeUpRole(context: Context, { role }: { role: OwnRole }): Promise<LedgerReference> {
  const manager = memberWho(context.actor, 'invite:delegate')
  if (manager.uscc === null || !OWN_ROLES.includes(manager.role as OwnRole)) throw new Refusal('forbidden', 'agencies.role-not-open')
  const { uscc, organisationId, accountId } = manager
  return transact(context.db, async (trx) => {
    const organisation = await lockOrganisationByUscc(trx, uscc)
    if (!organisation || organisation.roles.includes(role)) throw new Refusal('conflict', 'agencies.role-held')
    const at = await context.clock.read(trx)
    await insertRole(trx, { organisationId, role, since: at })
    await insertMembership(trx, { accountId, organisationId, role, duty: 'manager', since: at })
    const { name, divisionCode } = organisation
    if (role === 'agency') {
      const noticeEndsAt = await noticeEnd(trx, divisionCode, at)
      await insertAgency(trx, { organisationId, introduction: '', committedAt: at, admittedAt: at, noticeEndsAt, serviceDivisions: [], agentName: null, contactName: null, contactPhone: null })
      const facts = { agency: uscc, name, seat: divisionCode, commitment: COMMITMENT, checks: [...FORMAL_CHECKS], licence: null, noticeEndsAt: noticeEndsAt.toISOString() }
      return tell(trx, context, { at, act: 'register:agency', kind: 'agency.admitted', subject: uscc, divisionCode, facts, event: { type: 'marketplace.agency.admitted.v1', data: { agency: uscc, name, imported: false, noticeEndsAt: noticeEndsAt.toISOString() } } })
    }
    return tell(trx, context, { at, act: 'register:owner', kind: 'owner.registered', subject: uscc, divisionCode, facts: { ownerKind: 'organisation', owner: uscc, ownerName: name } })
  })
}
