import type { Member } from '#app/domain/accounts/actor.ts'
import { findSession, memberOf } from '#app/domain/accounts/find-session.server.ts'
import type { Context } from '#app/domain/context.ts'

/** Who acts with this token, as a request with it is entered: null where it is good for nobody. */
export async function memberBehind({ db, clock }: Pick<Context, 'db' | 'clock'>, token: string): Promise<Member | null> {
  const session = await findSession(db, clock, token)
  return session && memberOf(session)
}
