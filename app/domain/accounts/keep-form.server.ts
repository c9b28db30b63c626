import { saveKeptForm } from '#db/repositories/kept-forms.ts'
import { findSessionByToken } from '#db/repositories/sessions.ts'
import type { Clock, Database } from '../context.ts'
import { formNameOf, keepable, KEPT_FOR, newFormToken, sealForm, type FormValues } from './kept-form.ts'
import { hashOfToken } from './session.ts'

/**
 * Keeps what somebody sent when the session behind it had ended, so that it can be filled in again after signing in: the
 * last such form of each person. A stranger's form is not kept, or anybody could fill our disk.
 *
 * @param formerToken the token of the session that has ended; the form is for its person alone
 * @returns the token that opens it, for the browser's cookie; null where there is nothing to keep
 */
export async function keepForm(db: Database, clock: Clock, { path, values, formerToken }: { path: string; values: FormValues; formerToken: string }): Promise<string | null> {
  const kept = keepable(values)
  if (!kept) return null
  const token = newFormToken()
  const [at, former] = await Promise.all([clock.read(db), findSessionByToken(db, hashOfToken(formerToken))])
  if (!former) return null
  await saveKeptForm(db, { name: formNameOf(token), accountId: former.accountId, path, sealed: sealForm(token, path, kept), keptAt: at, expiresAt: new Date(at.getTime() + KEPT_FOR) })
  return token
}
