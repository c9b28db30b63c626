import { listMemberships, type Membership } from '#db/repositories/accounts.ts'
import { listSessions, type OwnSession } from '#db/repositories/sessions.ts'
import type { Context } from '../context.ts'
import { ownSession } from './own-session.server.ts'
import { isLive } from './session.ts'

export type SessionsPage = {
  displayName: string
  sessions: (OwnSession & { own: boolean })[]
  memberships: (Membership & { chosen: boolean })[]
}

/** The caller's sessions that are good now, and whom the caller may act for. */
export async function showSessions(context: Context, { token }: { token: string | null }): Promise<SessionsPage> {
  const own = await ownSession(context, token)
  const [sessions, memberships] = await Promise.all([listSessions(context.db, own.accountId, own.at), listMemberships(context.db, own.accountId)])
  return {
    displayName: own.displayName,
    sessions: sessions.filter((session) => isLive(session, own.at)).map((session) => ({ ...session, own: session.id === own.id })),
    memberships: memberships.map((one) => ({ ...one, chosen: one.organisationId === own.membership?.organisationId && one.role === own.membership.role })),
  }
}
