import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { revokeSession as revoke } from '#db/repositories/sessions.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { ownSession } from './own-session.server.ts'

/**
 * Ends one of the caller's own sessions, on another machine or this one.
 *
 * @throws Refusal `accounts.sign-in-first`; `accounts.session-unknown` (404) also for a session of somebody else
 */
export async function revokeSession(context: Context, { token, sessionId }: { token: string | null; sessionId: string }): Promise<void> {
  const own = await ownSession(context, token)
  await transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    if (!(await revoke(trx, { id: sessionId, accountId: own.accountId, at }))) throw new Refusal('missing', 'accounts.session-unknown')
    await insertAudit(trx, { at, accountId: own.accountId, organisationId: null, act: 'account.revoked-session', subject: sessionId, traceId: context.traceId })
  })
}
