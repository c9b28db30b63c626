import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { findSession, type LiveSession } from './find-session.server.ts'

/** The caller's own session, or the refusal that asks to sign in: what people do with their own account needs no membership. */
export async function ownSession(context: Pick<Context, 'db' | 'clock'>, token: string | null): Promise<LiveSession> {
  const session = token === null ? null : await findSession(context.db, context.clock, token)
  if (!session) throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  return session
}
