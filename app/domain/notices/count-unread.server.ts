import type { Context } from '#app/domain/context.ts'
import { countUnreadMessages } from '#db/repositories/messages.ts'

/** How many messages wait unread for this account, at most 100; null for whoever has no inbox. */
export async function countUnread({ db, actor }: Context): Promise<number | null> {
  return actor.kind === 'member' ? countUnreadMessages(db, actor) : null
}
