import { transact } from '#db/client.ts'
import { insertMembership } from '#db/repositories/accounts.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { lockInvitation, saveTaken } from '#db/repositories/invitations.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { isOpen } from './invitation.ts'
import { openAccount } from './open-account.server.ts'
import { hashPassword } from './password.server.ts'
import { hashOfToken } from './session.ts'
import { networkOf, throttle } from './throttle.server.ts'

type Input = { invitation: string; displayName: string; signInName: string; password: string; locale: 'zh' | 'en'; ip: string }

/**
 * Takes an invitation: a new account that acts for the organisation as what it was invited to be, a delegate or the manager of an imported agency, never as more.
 *
 * @throws Refusal `accounts.too-many`; `accounts.invitation-unknown` (the same for wrong, taken, expired); `accounts.sign-in-name-taken`
 */
export async function acceptInvitation(context: Context, input: Input): Promise<{ accountId: string }> {
  await throttle(context.db, 'invitation-address', networkOf(input.ip))
  const passwordHash = await hashPassword(input.password)
  return transact(context.db, async (trx) => {
    const invitation = await lockInvitation(trx, hashOfToken(input.invitation))
    const at = await context.clock.read(trx)
    if (!invitation || !isOpen(invitation, at)) throw new Refusal('invalid', 'accounts.invitation-unknown', { field: 'invitation' })
    const accountId = await openAccount(trx, { displayName: input.displayName, signInName: input.signInName, passwordHash, locale: input.locale }, at)
    const { organisationId, role, duty } = invitation
    await insertMembership(trx, { accountId, organisationId, role, duty, since: at })
    await saveTaken(trx, { id: invitation.id, by: accountId, at })
    await insertAudit(trx, { at, accountId, organisationId, act: 'account.accepted-invitation', subject: invitation.id, details: { role, duty }, traceId: context.traceId })
    await insertEvent(trx, { at, type: 'marketplace.delegate.joined.v1', subject: invitation.id, data: { organisation: organisationId, role }, traceId: context.traceId })
    return { accountId }
  })
}
