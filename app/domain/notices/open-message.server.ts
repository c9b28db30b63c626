import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findMessage, insertRead } from '#db/repositories/messages.ts'
import type { Message } from './message.ts'

/**
 * Opens a message: it counts as read for this account and for nobody else.
 *
 * Refuses `notices.no-such-message` for one of another organisation, another role, or another duty.
 */
export async function openMessage({ db, actor, clock }: Context & { actor: Member }, { id }: { id: number }): Promise<Message> {
  const message = await findMessage(db, actor, id)
  if (!message) throw new Refusal('missing', 'notices.no-such-message')
  if (message.unread) await insertRead(db, actor, { id, at: await clock.read(db) })
  return message
}
