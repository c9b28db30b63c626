import { createHash } from 'node:crypto'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/**
 * How long a sign-in lasts. They are the house's own choices (OWASP ASVS 5.0, 7.1.1 asks that they be documented):
 * a working day at most, a long lunch without a click, a new token every quarter of an hour.
 */
export const SESSION_TIMES = {
  absolute: 12 * HOUR,
  idle: 2 * HOUR,
  rotation: 15 * MINUTE,
  /** Pages ask in parallel: those that set out with the token before the last are still let in for this long. */
  grace: 60 * SECOND,
  /** Last use is written at most this often, so that reading a page is not a write. */
  seen: MINUTE,
}

/** The facts of a session that time decides on. */
export type SessionTimes = { lastSeenAt: Date; rotatedAt: Date; expiresAt: Date; revokedAt: Date | null }

/** Is this session still good at this instant? */
export function isLive({ lastSeenAt, expiresAt, revokedAt }: Pick<SessionTimes, 'lastSeenAt' | 'expiresAt' | 'revokedAt'>, at: Date): boolean {
  return revokedAt === null && at < expiresAt && at.getTime() - lastSeenAt.getTime() < SESSION_TIMES.idle
}

/** Which token found the session, and what is known of the one before it. */
export type SessionToken = { current: boolean; unconfirmed: boolean; previousUntil: Date | null }

/**
 * Is the token that found the session still good? The current one is. The one before it is while the browser has
 * not shown the new one (its answer may have been lost), and for a short grace afterwards (pages ask in parallel).
 */
export function isTokenGood({ current, unconfirmed, previousUntil }: SessionToken, at: Date): boolean {
  return current || unconfirmed || (previousUntil !== null && at < previousUntil)
}

/** Should this answer bring a new token? The current one after its quarter hour; the one before when the new one was lost. */
export function isDueForRotation({ current, unconfirmed, rotatedAt }: SessionToken & Pick<SessionTimes, 'rotatedAt'>, at: Date): boolean {
  const age = at.getTime() - rotatedAt.getTime()
  if (current) return age >= SESSION_TIMES.rotation
  return unconfirmed && age >= SESSION_TIMES.grace
}

/** Is the last use on record older than `SESSION_TIMES.seen`, so that this one is worth a write? */
export function isDueForSeen({ lastSeenAt }: Pick<SessionTimes, 'lastSeenAt'>, at: Date): boolean {
  return at.getTime() - lastSeenAt.getTime() >= SESSION_TIMES.seen
}

/** What the database keeps of a token: a stolen table opens no session. The token has 256 random bits, so no salt is needed. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update('mingdan/session/v1\0').update(token).digest()
}
