import type { Context } from '#app/domain/context.ts'
import { insertMessages } from '#db/repositories/messages.ts'
import { handOver, type OutboxEvent } from '#db/repositories/outbox.ts'
import { hearingsOf } from './who-hears.ts'

/** What was told: events read, messages written, and events whose data nobody could read. */
export type Delivered = { events: number; messages: number; unreadable: OutboxEvent[] }

/** SQLSTATE classes of data that does not fit: such an event would stop the round for ever if it were met again. */
const DATA_FAULTS = /^(22|23)/

/**
 * Tells everybody concerned of what happened: reads the outbox on, each event once and in order, and writes the messages
 * in the same transaction. A type that nobody here knows is read past. An event whose data does not fit is handed back
 * instead of being met for ever.
 *
 * @param most events at once
 */
export async function deliverMessages({ db }: Pick<Context, 'db'>, most: number): Promise<Delivered> {
  const unreadable: OutboxEvent[] = []
  let messages = 0
  const events = await handOver(db, 'inbox', most, async (trx, read) => {
    // The work runs again after a deadlock, and counts anew.
    messages = unreadable.length = 0
    for (const event of read) {
      const heard = hearingsOf(event)
      if (!heard) continue
      try {
        messages += await trx.transaction(async (apart) => {
          let told = 0
          for (const hearing of heard.by) told += await insertMessages(apart, event, heard.about, hearing)
          return told
        })
      } catch (error) {
        if (!DATA_FAULTS.test((error as { code?: string }).code ?? '')) throw error
        unreadable.push(event)
      }
    }
  })
  return { events, messages, unreadable }
}
