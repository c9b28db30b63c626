import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import type { MessageKind } from '#app/domain/notices/message-params.ts'
import type { TestContext } from './database.ts'

export type Reading = TestContext & { actor: Member }

export function as(make: (member: Member) => TestContext, member: Member): Reading {
  return make(member) as Reading
}

/** Lets the inbox read everything that has happened. */
export async function deliverAll(context: TestContext): Promise<number> {
  let told = 0
  for (;;) {
    const { events, messages, unreadable } = await deliverMessages(context, 50)
    expect(unreadable).toEqual([])
    told += messages
    if (events === 0) return told
  }
}

/** What somebody has been told, the newest first. */
export async function kindsOf(context: Reading): Promise<MessageKind[]> {
  return (await findMessages(context, {})).messages.map(({ kind }) => kind)
}
