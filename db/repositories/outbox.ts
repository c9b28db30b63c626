import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { pass, transact } from '../client.ts'

/** Whoever hears of what happened afterwards: each reads every event once, in its own transaction. */
export type OutboxReader = 'search' | 'inbox' | 'webhooks' | 'exchange'

export type OutboxEvent = { id: number; eventId: string; type: string; subject: string; data: Json; at: Date; traceId: string }

/**
 * Hands the oldest unread events to a reader and crosses them off, in one transaction with what the reader writes:
 * where `work` throws, they stay unread. One hand-over a reader runs at a time, so that events keep their order; who comes
 * second gets nothing.
 *
 * @param most events at once
 * @returns how many were read
 */
export async function handOver(db: Knex, reader: OutboxReader, most: number, work: (trx: Knex.Transaction, events: OutboxEvent[]) => Promise<void>): Promise<number> {
  return transact(db, async (trx) => {
    if (!(await tryHoldReader(trx, reader))) return 0
    const events: OutboxEvent[] = await trx('outbox_pending as pending')
      .join('outbox as event', 'event.id', 'pending.event')
      .where('pending.reader', reader)
      .orderBy('event.id')
      .limit(most)
      .select('event.id', { eventId: 'event.event_id' }, 'event.type', 'event.subject', 'event.data', 'event.at', { traceId: 'event.trace_id' })
    if (events.length === 0) return 0
    await work(trx, events)
    pass('handed-over', trx)
    await trx('outbox_pending').where({ reader }).whereIn('event', events.map(({ id }) => id)).delete()
    return events.length
  })
}

/** Waits until no hand-over to this reader runs, and lets none begin before the transaction ends. */
export async function holdReader(trx: Knex.Transaction, reader: OutboxReader): Promise<void> {
  await trx.raw(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [lockOf(reader)])
}

/** The same where nothing of the reader runs; where something does, nothing is waited for. @returns whether none can begin now before the transaction ends */
export async function tryHoldReader(trx: Knex.Transaction, reader: OutboxReader): Promise<boolean> {
  const { rows: [lock] } = await trx.raw<{ rows: [{ held: boolean }] }>(`select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as held`, [lockOf(reader)])
  return lock.held
}

function lockOf(reader: OutboxReader): string {
  return `outbox:${reader}`
}

/** An event of an act that binds nobody outside and so is not in the ledger; the others come with their telling. */
export async function insertEvent(trx: Knex.Transaction, { type, subject, data, at, traceId }: Pick<OutboxEvent, 'type' | 'subject' | 'data' | 'at' | 'traceId'>): Promise<void> {
  await trx('outbox').insert({ event_id: randomUUID(), type, subject, data: JSON.stringify(data), at, trace_id: traceId })
}

export type Backlog = { reader: string; waiting: number; oldest: Date | null }

/** What each reader has still to read, and since when the oldest of it waits. */
export async function countUnread(db: Database): Promise<Backlog[]> {
  const rows = await db('outbox_readers as reader')
    .leftJoin('outbox_pending as pending', 'pending.reader', 'reader.name')
    .leftJoin('outbox as event', 'event.id', 'pending.event')
    .groupBy('reader.name')
    .orderBy('reader.name')
    .select({ reader: 'reader.name' }, db.raw('count(pending.event)::int as waiting'), db.raw('min(event.at) as oldest'))
  return rows as Backlog[]
}
