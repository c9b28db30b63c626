import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { listMessages } from '#db/repositories/messages.ts'
import type { Message } from './message.ts'

const PAGE = 20

export type InboxPage = { messages: Message[]; next: number | null }

/**
 * The inbox of whoever calls, for the organisation and role they act in, newest first.
 *
 * @param unread only what this account has not read
 * @param before the message after which the page begins
 * @returns one page, and the message after which the next one begins
 */
export async function findMessages({ db, actor }: Context & { actor: Member }, { unread = false, before }: { unread?: boolean; before?: number }): Promise<InboxPage> {
  const found = await listMessages(db, actor, { unread, before, limit: PAGE + 1 })
  const messages = found.slice(0, PAGE)
  return { messages, next: found.length > PAGE ? messages.at(-1)!.id : null }
}
