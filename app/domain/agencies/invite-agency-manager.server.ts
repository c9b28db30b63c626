import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { hasManager } from '#db/repositories/accounts.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { insertInvitation } from '#db/repositories/invitations.ts'
import { lockOrganisationByUscc } from '#db/repositories/organisations.ts'
import { memberWho } from '../accounts/actor.ts'
import { INVITATION_LASTS } from '../accounts/invitation.ts'
import { newToken } from '../accounts/open-session.server.ts'
import { hashOfToken } from '../accounts/session.ts'
import { normaliseUscc } from '../accounts/uscc.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'

/**
 * The operator invites the manager of an imported agency, once it is known who that is. The code makes a manager, so it is only
 * given where nobody manages the agency yet.
 *
 * @returns the code to hand over; it is shown once, works once and for seven days
 * @throws Refusal `agencies.unknown` (404), `agencies.managed`
 */
export async function inviteAgencyManager(context: Context, { uscc, displayName }: { uscc: string; displayName: string }): Promise<{ invitation: string; expiresAt: Date }> {
  const operator = memberWho(context.actor, 'import:agencies')
  const invitation = newToken()
  return transact(context.db, async (trx) => {
    const organisation = await lockOrganisationByUscc(trx, normaliseUscc(uscc.slice(0, 100)))
    if (!organisation?.roles.includes('agency')) throw new Refusal('missing', 'agencies.unknown')
    if (await hasManager(trx, organisation.id)) throw new Refusal('conflict', 'agencies.managed')
    const at = await context.clock.read(trx)
    const [id, expiresAt] = [newId(), new Date(at.getTime() + INVITATION_LASTS)]
    await insertInvitation(trx, { id, tokenHash: hashOfToken(invitation), organisationId: organisation.id, role: 'agency', duty: 'manager', invitedBy: operator.accountId, displayName, createdAt: at, expiresAt })
    await insertAudit(trx, { at, accountId: operator.accountId, organisationId: operator.organisationId, act: 'account.invited-manager', subject: id, details: { agency: organisation.uscc }, traceId: context.traceId })
    return { invitation, expiresAt }
  })
}
