import { transact } from '#db/client.ts'
import { listMemberships, type Membership } from '#db/repositories/accounts.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { saveChoice } from '#db/repositories/sessions.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { Role } from './actor.ts'
import { newToken } from './open-session.server.ts'
import { ownSession } from './own-session.server.ts'
import { hashOfToken } from './session.ts'

/**
 * Chooses the organisation and role that a session acts for. The right changes, so the token does too.
 *
 * @returns the new token and the membership
 * @throws Refusal `accounts.sign-in-first`; `accounts.membership-unknown` (404) for one that is not the caller's
 */
export async function chooseMembership(context: Context, { token, organisationId, role }: { token: string | null; organisationId: string; role: Role }): Promise<{ token: string; membership: Membership }> {
  const session = await ownSession(context, token)
  return transact(context.db, async (trx) => {
    const membership = (await listMemberships(trx, session.accountId)).find((one) => one.organisationId === organisationId && one.role === role)
    if (!membership) throw new Refusal('missing', 'accounts.membership-unknown')
    const at = await context.clock.read(trx)
    const next = newToken()
    await saveChoice(trx, { id: session.id, organisationId, role, tokenHash: hashOfToken(next), at })
    await insertAudit(trx, { at, accountId: session.accountId, organisationId, act: 'account.chose-membership', subject: session.id, details: { role }, traceId: context.traceId })
    return { token: next, membership }
  })
}
