import { randomBytes, randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { listMemberships, type Membership } from '#db/repositories/accounts.ts'
import { insertSession } from '#db/repositories/sessions.ts'
import { hashOfToken, SESSION_TIMES } from './session.ts'

/** What the browser is handed, once; the house keeps its hash only. */
export type OpenedSession = { token: string; sessionId: string; membership: Membership | null; choices: number }

/** 256 random bits, in the letters that a cookie takes. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * Opens a session. Who belongs to one organisation in one role acts for it at once; who belongs to several chooses first.
 *
 * @param at the hour, read in the same transaction
 */
export async function openSession(trx: Knex.Transaction, { accountId, userAgent, at }: { accountId: string; userAgent: string; at: Date }): Promise<OpenedSession> {
  const memberships = await listMemberships(trx, accountId)
  const membership = memberships.length === 1 ? memberships[0]! : null
  const token = newToken()
  const sessionId = randomUUID()
  await insertSession(trx, {
    id: sessionId,
    tokenHash: hashOfToken(token),
    accountId,
    organisationId: membership?.organisationId ?? null,
    role: membership?.role ?? null,
    userAgent: userAgent.slice(0, 300),
    createdAt: at,
    expiresAt: new Date(at.getTime() + SESSION_TIMES.absolute),
  })
  return { token, sessionId, membership, choices: memberships.length }
}
