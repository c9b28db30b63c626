import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { findSessionByToken, revokeSession } from '#db/repositories/sessions.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { openSession, type OpenedSession } from './open-session.server.ts'
import { hashOfToken } from './session.ts'
import type { SignInProvider } from './sign-in-provider.ts'
import { forgive, giveBack, networkOf, throttle } from './throttle.server.ts'

/** Where a sign-in comes from. `formerToken` is the session the browser still carries: it is ended, never reused. */
export type Arrived = { ip: string; userAgent: string; formerToken: string | null }

/**
 * Signs somebody in behind any provider: counts the try, asks the provider who it is, opens a new session.
 *
 * @param proof what the provider asks for; its `signInName`, if it has one, is counted besides the address
 * @returns the token for the cookie, and how many memberships there are to choose from
 * @throws Refusal `accounts.too-many` (throttled), `accounts.sign-in-wrong` (invalid, the same for every reason)
 */
export async function signIn<Proof extends object>(context: Context, { provider, proof, ip, userAgent, formerToken }: Arrived & { provider: SignInProvider<Proof>; proof: Proof }): Promise<OpenedSession> {
  const address = networkOf(ip)
  const name = 'signInName' in proof ? String(proof.signInName) : null
  await throttle(context.db, 'sign-in-address', address)
  if (name !== null) await throttle(context.db, 'sign-in-name', name)

  const accountId = await provider.identify(context.db, proof)
  if (accountId === null) throw new Refusal('invalid', 'accounts.sign-in-wrong', { field: 'password' })
  await Promise.all([giveBack(context.db, 'sign-in-address', address), name === null ? undefined : forgive(context.db, 'sign-in-name', name)])

  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const former = formerToken === null ? null : await findSessionByToken(trx, hashOfToken(formerToken))
    if (former) await revokeSession(trx, { id: former.id, accountId: former.accountId, at })
    const opened = await openSession(trx, { accountId, userAgent, at })
    await insertAudit(trx, { at, accountId, organisationId: opened.membership?.organisationId ?? null, act: 'account.signed-in', subject: accountId, details: { provider: provider.name, session: opened.sessionId }, traceId: context.traceId })
    return opened
  })
}
