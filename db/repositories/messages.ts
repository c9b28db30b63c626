import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Message, Reader } from '#app/domain/notices/message.ts'
import { MOST_COUNTED } from '#app/domain/notices/most-counted.ts'
import type { About, Hearing } from '#app/domain/notices/who-hears.ts'
import { ABOUT, AUDIENCES } from '../views/audiences.ts'
import type { OutboxEvent } from './outbox.ts'

/**
 * Writes one hearing of an event: a message to everybody in its audience, however many, in one statement.
 * Whoever has heard of this event in this role already hears nothing more.
 *
 * @returns how many heard
 */
export async function insertMessages(trx: Knex.Transaction, event: OutboxEvent, about: About, { audience, kind, duty }: Hearing): Promise<number> {
  const query = trx.raw(
    `insert into messages (event_id, organisation_id, role, duty, kind, subject, params, at)
     select cast(:event as uuid), heard.organisation_id, heard.role, cast(:duty as text), :kind,
            coalesce(heard.params ->> 'subject', about.subject), about.params || (heard.params - 'subject'), cast(:at as timestamptz)
       from (${ABOUT[about]}) as about cross join (${AUDIENCES[audience]}) as heard
     on conflict (event_id, organisation_id, role) do nothing`,
    { event: event.eventId, duty: duty ?? null, kind, at: event.at, data: JSON.stringify(event.data) } as never,
  )
  // The worker tells hundreds in a row and each way of telling is longer planned than done: a connection keeps it prepared.
  const { rowCount } = await query.options({ name: `hear-${about}-${audience}` })
  return rowCount as number
}

/** What of a reader's messages is unread: above the mark, since the reader came, and not opened. `message` is the table's name in the query. */
const OWN = `message.organisation_id = :organisationId and message.role = :role and (message.duty is null or message.duty = :duty)`
const SINCE = `message.id > coalesce((select read_to from inbox_marks mark where mark.account_id = :accountId and mark.organisation_id = :organisationId and mark.role = :role), 0)
  and message.at >= coalesce((select min(since) from memberships own where own.account_id = :accountId and own.organisation_id = :organisationId and own.role = :role and own.until is null), '-infinity')`
const NOT_OPENED = `not exists (select from message_reads seen where seen.account_id = :accountId and seen.message_id = message.id)`

/** Beyond this many messages nobody counts: the frame asks on every page. */
const LOOKED_AT = 500

/** How many messages an account has not read, {@link MOST_COUNTED} at most, among the newest. */
export async function countUnreadMessages(db: Database, reader: Reader): Promise<number> {
  const { rows } = await db.raw<{ rows: [{ count: number }] }>(
    `select cast(count(*) as int) as count from (
       select from (select message.id from messages message where ${OWN} and ${SINCE} order by message.id desc limit ${LOOKED_AT}) as message
        where ${NOT_OPENED} limit ${MOST_COUNTED}
     ) as unread`,
    { ...reader },
  ).options({ name: 'unread-messages' })
  return rows[0].count
}

/** A reader's messages, newest first, one page after the message `before`. */
export async function listMessages(db: Database, reader: Reader, { unread, before, limit }: { unread: boolean; before?: number; limit: number }): Promise<Message[]> {
  const { rows } = await db.raw<{ rows: Message[] }>(
    `select message.id, message.kind, message.subject, message.params, message.at, (${SINCE} and ${NOT_OPENED}) as unread
       from messages message
      where ${OWN} and message.id < :before ${unread ? `and ${SINCE} and ${NOT_OPENED}` : ''}
      order by message.id desc limit :limit`,
    { ...reader, before: before ?? Number.MAX_SAFE_INTEGER, limit },
  )
  return rows
}

/** One message of the reader's own inbox. */
export async function findMessage(db: Database, reader: Reader, id: number): Promise<Message | undefined> {
  const { rows } = await db.raw<{ rows: Message[] }>(
    `select message.id, message.kind, message.subject, message.params, message.at, (${SINCE} and ${NOT_OPENED}) as unread from messages message where ${OWN} and message.id = :id`,
    { ...reader, id },
  )
  return rows[0]
}

/** Notes that the account opened it; a second time changes nothing, and the first instant stays. */
export async function insertRead(db: Database, { accountId }: Reader, { id, at }: { id: number; at: Date }): Promise<void> {
  await db('message_reads').insert({ account_id: accountId, message_id: id, read_at: at }).onConflict().ignore()
}

/** Moves the mark up to a message, never down and never past the newest there is; what was opened below it need not be kept. */
export async function saveMark(trx: Knex.Transaction, reader: Reader, { upTo, at }: { upTo: number; at: Date }): Promise<void> {
  await trx.raw(
    `insert into inbox_marks (account_id, organisation_id, role, read_to, marked_at)
     select :accountId, :organisationId, :role, max(message.id), :at from messages message where ${OWN} and message.id <= :upTo having max(message.id) is not null
     on conflict (account_id, organisation_id, role) do update set read_to = greatest(inbox_marks.read_to, excluded.read_to), marked_at = excluded.marked_at`,
    { ...reader, upTo, at } as never,
  )
  await trx.raw(
    `delete from message_reads seen using messages message, inbox_marks mark
      where seen.account_id = :accountId and message.id = seen.message_id and ${OWN}
        and mark.account_id = :accountId and mark.organisation_id = :organisationId and mark.role = :role and message.id <= mark.read_to`,
    { ...reader },
  )
}
