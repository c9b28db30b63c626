import { transact } from '#db/client.ts'
import { findCredentialOf, savePassword } from '#db/repositories/accounts.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { revokeSessionsBut } from '#db/repositories/sessions.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { passwordFault } from './credentials.ts'
import { ownSession } from './own-session.server.ts'
import { hashPassword, passwordMatches } from './password.server.ts'
import { throttle } from './throttle.server.ts'

/**
 * Sets a new password after the present one was given, and ends every other session.
 *
 * @throws Refusal `accounts.sign-in-first`, `accounts.too-many`, `accounts.password-wrong` and the faults of a new password, each at its field
 */
export async function changePassword(context: Context, { token, password, newPassword }: { token: string | null; password: string; newPassword: string }): Promise<void> {
  const own = await ownSession(context, token)
  const credential = await findCredentialOf(context.db, own.accountId)
  if (!credential) throw new Refusal('conflict', 'accounts.password-elsewhere')
  await throttle(context.db, 'sign-in-name', credential.signInName)
  if (!(await passwordMatches(credential.passwordHash, password))) throw new Refusal('invalid', 'accounts.password-wrong', { field: 'password' })
  const fault = passwordFault(newPassword, [credential.signInName])
  if (fault) throw new Refusal('invalid', fault as 'accounts.password-short', { field: 'newPassword' })
  const passwordHash = await hashPassword(newPassword)
  await transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    await savePassword(trx, own.accountId, passwordHash, at)
    await revokeSessionsBut(trx, { kept: own.id, accountId: own.accountId, at })
    await insertAudit(trx, { at, accountId: own.accountId, organisationId: null, act: 'account.changed-password', subject: own.accountId, traceId: context.traceId })
  })
}
