import { findCredential, savePassword } from '#db/repositories/accounts.ts'
import { databaseClock } from '#db/client.ts'
import { hashPassword, isOutdated, passwordMatches, wasteTheSameTime } from './password.server.ts'
import type { SignInProvider } from './sign-in-provider.ts'

/** Names and passwords kept here. An unknown name costs the same work as a wrong password. */
export const localAccounts: SignInProvider<{ signInName: string; password: string }> = {
  name: 'local',
  async identify(db, { signInName, password }) {
    const credential = await findCredential(db, signInName)
    if (!credential) {
      await wasteTheSameTime(password)
      return null
    }
    if (!(await passwordMatches(credential.passwordHash, password))) return null
    if (isOutdated(credential.passwordHash)) await savePassword(db, credential.accountId, await hashPassword(password), await databaseClock.read(db))
    return credential.accountId
  },
}
