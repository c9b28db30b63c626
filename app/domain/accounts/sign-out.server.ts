import { insertAudit } from '#db/repositories/audits.ts'
import { revokeSession } from '#db/repositories/sessions.ts'
import { transact } from '#db/client.ts'
import type { Context } from '../context.ts'
import { findSession } from './find-session.server.ts'

/** Ends the session behind a token. Whoever has none is signed out already. */
export async function signOut(context: Context, { token }: { token: string | null }): Promise<void> {
  const session = token === null ? null : await findSession(context.db, context.clock, token)
  if (!session) return
  await transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    await revokeSession(trx, { id: session.id, accountId: session.accountId, at })
    await insertAudit(trx, { at, accountId: session.accountId, organisationId: session.membership?.organisationId ?? null, act: 'account.signed-out', subject: session.id, traceId: context.traceId })
  })
}
