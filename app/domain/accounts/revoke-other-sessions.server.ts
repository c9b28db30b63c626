import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { revokeSessionsBut } from '#db/repositories/sessions.ts'
import type { Context } from '../context.ts'
import { ownSession } from './own-session.server.ts'

/** Ends every session of the caller but this one. @returns how many ended */
export async function revokeOtherSessions(context: Context, { token }: { token: string | null }): Promise<number> {
  const own = await ownSession(context, token)
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const ended = await revokeSessionsBut(trx, { kept: own.id, accountId: own.accountId, at })
    await insertAudit(trx, { at, accountId: own.accountId, organisationId: null, act: 'account.revoked-other-sessions', subject: own.accountId, details: { ended }, traceId: context.traceId })
    return ended
  })
}
