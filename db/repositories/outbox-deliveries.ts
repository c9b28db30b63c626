import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { FeedEvent } from '#app/domain/events/cloud-event.ts'
import { FEED_COLUMNS } from './feed-events.ts'

export type Delivery = { id: number; webhookId: string; position: number; subject: string; tried: number; attempts: number; nextAttemptAt: Date | null; leasedUntil: Date | null; deliveredAt: Date | null; givenUpAt: Date | null; createdAt: Date; eventId: string; type: string; lastAt: Date | null; lastStatus: number | null; lastFault: string | null; /** An earlier event of the same subject waits, so this one is not sent yet. */ isBehind: boolean }
export type Attempt = { number: number; at: Date; tookMs: number; status: number | null; fault: string | null }
/** One that is to be sent now, with the event it brings and the lease under which it was taken. */
export type Due = { id: number; webhookId: string; leasedUntil: Date; event: FeedEvent }

/** Due at once; none is fine. In the transaction that writes the feed's events; the table refuses the same event to the same receiver twice. */
export async function insertDeliveries(trx: Knex.Transaction, rows: readonly { webhookId: string; position: number; subject: string; at: Date }[]): Promise<void> {
  if (rows.length === 0) return
  await trx('outbox_deliveries').insert(rows.map(({ webhookId, position, subject, at }) => ({ webhook_id: webhookId, position, subject, next_attempt_at: at, created_at: at })))
}

/**
 * Takes what is due and nobody is at: of each subject of a receiver only the earliest that waits, so that a case's events
 * keep their order. Two workers that ask at once get different ones; what was leased and never recorded comes again.
 */
export async function leaseDeliveries(trx: Knex.Transaction, { at, until, limit }: { at: Date; until: Date; limit: number }): Promise<Due[]> {
  const { rows } = await trx.raw<{ rows: { id: number; webhookId: string }[] }>(
    `with heads as (
       select distinct on (waiting.webhook_id, waiting.subject) waiting.id, waiting.webhook_id, waiting.next_attempt_at, waiting.leased_until, waiting.position
         from outbox_deliveries waiting
         join webhooks hook on hook.id = waiting.webhook_id and hook.ended_at is null
        where waiting.next_attempt_at is not null
          and not exists (select from webhook_pauses pause where pause.webhook_id = hook.id and pause.ended_at is null)
        order by waiting.webhook_id, waiting.subject, waiting.position
     ), due as (
       select id, row_number() over (partition by webhook_id order by next_attempt_at, position) as turn
         from heads where next_attempt_at <= :at and (leased_until is null or leased_until <= :at)
     ), taken as (
       select one.id from outbox_deliveries one join due on due.id = one.id
        where one.next_attempt_at <= :at and (one.leased_until is null or one.leased_until <= :at)
        order by due.turn limit :limit for update of one skip locked
     )
     update outbox_deliveries leased set leased_until = :until from taken where leased.id = taken.id
     returning leased.id, leased.webhook_id as "webhookId"`,
    { at, until, limit } as never,
  )
  const events = await trx('outbox_deliveries as one').join('feed_events as feed', 'feed.position', 'one.position').whereIn('one.id', rows.map(({ id }) => id)).orderBy('one.position').select({ id: 'one.id', webhookId: 'one.webhook_id' }, FEED_COLUMNS)
  return (events as (FeedEvent & { id: number; webhookId: string })[]).map(({ id, webhookId, ...event }) => ({ id, webhookId, leasedUntil: until, event }))
}

/** Gives back what was taken and not tried. */
export async function releaseLeases(db: Database, { ids, leasedUntil }: { ids: readonly number[]; leasedUntil: Date }): Promise<void> {
  if (ids.length) await db('outbox_deliveries').whereIn('id', [...ids]).where({ leased_until: leasedUntil }).update({ leased_until: null })
}

/** Writes an attempt down. @returns how many failed before it in this run, and whether the lease still stood; null where somebody else has recorded since */
export async function insertAttempt(trx: Knex.Transaction, { id, leasedUntil }: Pick<Due, 'id' | 'leasedUntil'>, { at, tookMs, status, fault }: Omit<Attempt, 'number'>): Promise<{ tried: number } | null> {
  const row = await trx('outbox_deliveries').where({ id }).forUpdate().first<{ tried: number; leased_until: Date | null; next_attempt_at: Date | null }>('tried', 'leased_until', 'next_attempt_at')
  await trx.raw('insert into delivery_attempts (delivery_id, number, at, took_ms, status, fault) select :id, coalesce(max(number), 0) + 1, :at, :tookMs, :status, :fault from delivery_attempts where delivery_id = :id', { id, at, tookMs, status, fault } as never)
  const isOurs = row && row.next_attempt_at !== null && row.leased_until?.getTime() === leasedUntil.getTime()
  return isOurs ? { tried: row.tried } : null
}

/** What an attempt led to: delivered, another attempt, or given up. */
export async function saveOutcome(trx: Knex.Transaction, id: number, outcome: { deliveredAt: Date } | { tried: number; nextAttemptAt: Date } | { tried: number; givenUpAt: Date }): Promise<void> {
  const row = 'deliveredAt' in outcome ? { delivered_at: outcome.deliveredAt, next_attempt_at: null, given_up_at: null } : 'nextAttemptAt' in outcome ? { tried: outcome.tried, next_attempt_at: outcome.nextAttemptAt } : { tried: outcome.tried, next_attempt_at: null, given_up_at: outcome.givenUpAt }
  await trx('outbox_deliveries').where({ id }).update({ ...row, leased_until: null })
}

/** Lets deliveries begin anew, from the first attempt: one, or all of a receiver that were given up. */
export async function rearm(trx: Knex.Transaction, which: { id: number } | { givenUpOf: string } | { waitingOf: string }, at: Date): Promise<number> {
  const chosen = trx('outbox_deliveries').modify((query) => {
    if ('id' in which) return void query.where({ id: which.id })
    if ('givenUpOf' in which) return void query.where({ webhook_id: which.givenUpOf }).whereNotNull('given_up_at')
    return void query.where({ webhook_id: which.waitingOf }).whereNotNull('next_attempt_at')
  })
  return chosen.update({ tried: 0, next_attempt_at: at, leased_until: null, given_up_at: null })
}

function selectDeliveries(db: Database) {
  return db('outbox_deliveries as one')
    .join('feed_events as feed', 'feed.position', 'one.position')
    .joinRaw('left join lateral (select number, at, status, fault from delivery_attempts tried where tried.delivery_id = one.id order by number desc limit 1) as last on true')
    .select({
      id: 'one.id', webhookId: 'one.webhook_id', position: 'one.position', subject: 'one.subject', tried: 'one.tried', nextAttemptAt: 'one.next_attempt_at', leasedUntil: 'one.leased_until', deliveredAt: 'one.delivered_at', givenUpAt: 'one.given_up_at', createdAt: 'one.created_at',
      eventId: 'feed.event_id', type: 'feed.type', attempts: db.raw('coalesce(last.number, 0)'), isBehind: db.raw('(one.next_attempt_at is not null and exists (select from outbox_deliveries earlier where earlier.webhook_id = one.webhook_id and earlier.subject = one.subject and earlier.next_attempt_at is not null and earlier.position < one.position))'), lastAt: 'last.at', lastStatus: 'last.status', lastFault: 'last.fault',
    })
}

export type DeliveryFilter = { webhookId?: string; show?: 'troubled'; before?: number; limit: number }

/** Deliveries, newest first; `troubled` are those that failed and wait, or were given up. */
export async function listDeliveries(db: Database, { webhookId, show, before, limit }: DeliveryFilter): Promise<Delivery[]> {
  return selectDeliveries(db)
    .modify((query) => webhookId && query.where('one.webhook_id', webhookId))
    .modify((query) => show && query.where((either) => either.whereNotNull('one.given_up_at').orWhere((failed) => failed.whereNotNull('one.next_attempt_at').where('one.tried', '>', 0))))
    .modify((query) => before !== undefined && query.where('one.id', '<', before))
    .orderBy('one.id', 'desc')
    .limit(limit)
}

/** With its last attempt and its event; whose receiver it is for, the caller asks. Undefined for an unknown id. */
export async function findDelivery(db: Database, id: number): Promise<Delivery | undefined> {
  return selectDeliveries(db).where('one.id', id).first()
}

/** Every attempt in order, those before it was sent anew too; `status` is null where no answer came, `tookMs` is milliseconds. */
export async function listAttempts(db: Database, deliveryId: number): Promise<Attempt[]> {
  return db('delivery_attempts').where({ delivery_id: deliveryId }).orderBy('number').select('number', 'at', { tookMs: 'took_ms' }, 'status', 'fault')
}

export type Backlog = { webhookId: string; waiting: number; retrying: number; givenUp: number; oldest: Date | null; nextAttemptAt: Date | null }

/** What waits at each receiver. What failed says when it is tried again; what is due behind it says nothing. */
export async function countBacklogs(db: Database, webhookIds: readonly string[]): Promise<Map<string, Backlog>> {
  const rows: Backlog[] = await db('outbox_deliveries')
    .whereIn('webhook_id', [...webhookIds])
    .where((open) => open.whereNotNull('next_attempt_at').orWhereNotNull('given_up_at'))
    .groupBy('webhook_id')
    .select({ webhookId: 'webhook_id' }, db.raw('count(next_attempt_at)::int as waiting'), db.raw('count(*) filter (where next_attempt_at is not null and tried > 0)::int as retrying'), db.raw('count(given_up_at)::int as "givenUp"'), db.raw('min(created_at) as oldest'), db.raw('coalesce(min(next_attempt_at) filter (where tried > 0), min(next_attempt_at)) as "nextAttemptAt"'))
  return new Map(rows.map((row) => [row.webhookId, row]))
}
