import { transact } from '#db/client.ts'
import { endDelegateMembership } from '#db/repositories/accounts.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { revokeSessionsFor } from '#db/repositories/sessions.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { memberWho } from './actor.ts'

/**
 * A manager ends a delegate's right to act for the organisation; the delegate's sessions there end with it.
 *
 * @throws Refusal `accounts.delegate-unknown` (404), also for somebody of another organisation and for managers
 */
export async function endDelegation(context: Context, { accountId }: { accountId: string }): Promise<void> {
  const manager = memberWho(context.actor, 'invite:delegate')
  await transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const ended = await endDelegateMembership(trx, { accountId, organisationId: manager.organisationId, role: manager.role, at })
    if (!ended) throw new Refusal('missing', 'accounts.delegate-unknown')
    await revokeSessionsFor(trx, { accountId, organisationId: manager.organisationId, at })
    await insertAudit(trx, { at, accountId: manager.accountId, organisationId: manager.organisationId, act: 'account.ended-delegation', subject: accountId, traceId: context.traceId })
  })
}
