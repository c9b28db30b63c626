import type { Clock, Database } from '../context.ts'
import { findSessionByToken, saveRotationSeen, saveSessionSeen, type SessionRow } from '#db/repositories/sessions.ts'
import type { Member } from './actor.ts'
import { hashOfToken, isDueForSeen, isLive, isTokenGood, SESSION_TIMES } from './session.ts'

/** A session that is good now, and the hour at which it was found so. */
export type LiveSession = SessionRow & { at: Date }

/**
 * The session behind a token, if it is good at this instant; a use is remembered once a minute.
 *
 * @param token what the cookie holds; any text is safe
 * @returns null for an unknown, expired, idle, revoked or long replaced token, and for a disabled account
 */
export async function findSession(db: Database, clock: Clock, token: string): Promise<LiveSession | null> {
  const [at, session] = await Promise.all([clock.read(db), findSessionByToken(db, hashOfToken(token))])
  if (!session || !isLive(session, at) || !isTokenGood(session, at)) return null
  if (session.current && session.unconfirmed) await saveRotationSeen(db, session.id, new Date(at.getTime() + SESSION_TIMES.grace))
  if (isDueForSeen(session, at)) await saveSessionSeen(db, session.id, at)
  return { ...session, at }
}

/** The member a session acts as; null while no organisation is chosen or the membership has ended. */
export function memberOf({ accountId, displayName, membership }: SessionRow): Member | null {
  return membership && { kind: 'member', accountId, displayName, ...membership }
}
