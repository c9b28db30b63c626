import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { insertInvitation } from '#db/repositories/invitations.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import type { Context } from '../context.ts'
import { memberWho } from './actor.ts'
import { INVITATION_LASTS } from './invitation.ts'
import { newToken } from './open-session.server.ts'
import { hashOfToken } from './session.ts'

/**
 * A manager 采购管理人 invites a delegate 采购受托人 to act for the organisation in the same role.
 *
 * @returns the code to hand over; it is shown once, works once and for seven days
 */
export async function inviteDelegate(context: Context, { displayName }: { displayName: string }): Promise<{ invitation: string; expiresAt: Date }> {
  const manager = memberWho(context.actor, 'invite:delegate')
  const invitation = newToken()
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const id = newId()
    const expiresAt = new Date(at.getTime() + INVITATION_LASTS)
    await insertInvitation(trx, { id, tokenHash: hashOfToken(invitation), organisationId: manager.organisationId, role: manager.role, duty: 'delegate', invitedBy: manager.accountId, displayName, createdAt: at, expiresAt })
    await insertAudit(trx, { at, accountId: manager.accountId, organisationId: manager.organisationId, act: 'account.invited-delegate', subject: id, traceId: context.traceId })
    await insertEvent(trx, { at, type: 'marketplace.delegate.invited.v1', subject: id, data: { organisation: manager.organisationId, role: manager.role }, traceId: context.traceId })
    return { invitation, expiresAt }
  })
}
