import { saveRotation } from '#db/repositories/sessions.ts'
import type { Database } from '../context.ts'
import type { LiveSession } from './find-session.server.ts'
import { newToken } from './open-session.server.ts'
import { hashOfToken, isDueForRotation } from './session.ts'

/**
 * A new token for a session that is due for one.
 *
 * @returns the token for the cookie, or null when none is due or another page has just fetched it
 */
export async function rotateSession(db: Database, session: LiveSession): Promise<string | null> {
  if (!isDueForRotation(session, session.at)) return null
  const token = newToken()
  const rotated = await saveRotation(db, { id: session.id, from: session.rotatedAt, to: hashOfToken(token), at: session.at })
  return rotated ? token : null
}
