import type { Database } from '#app/domain/context.ts'
import type { PauseCause } from '../repositories/webhooks.ts'

export type ReceiverLine = { id: string; office: string; url: string; endedAt: Date | null; pausedAt: Date | null; cause: PauseCause | null; waiting: number; retrying: number; oldest: Date | null; nextAttemptAt: Date | null }

/** Every receiver that is not ended with what waits for it, the troubled first. One query. */
export async function listReceivers(db: Database): Promise<ReceiverLine[]> {
  return db('webhooks as hook')
    .join('organisations as office', 'office.id', 'hook.organisation_id')
    .leftJoin('webhook_pauses as pause', (join) => join.on('pause.webhook_id', 'hook.id').onNull('pause.ended_at'))
    .joinRaw(
      `left join lateral (
         select count(*)::int as waiting, count(*) filter (where next_attempt_at is not null and tried > 0)::int as retrying, min(created_at) as oldest, coalesce(min(next_attempt_at) filter (where tried > 0), min(next_attempt_at)) as next_at
           from outbox_deliveries one where one.webhook_id = hook.id and (one.next_attempt_at is not null or one.given_up_at is not null)) as open on true`,
    )
    .whereNull('hook.ended_at')
    .orderByRaw('(pause.began_at is not null) desc, (open.retrying > 0) desc, hook.ordinal')
    .limit(200)
    .select({ id: 'hook.id', office: 'office.name', url: 'hook.url', endedAt: 'hook.ended_at', pausedAt: 'pause.began_at', cause: 'pause.cause', waiting: 'open.waiting', retrying: 'open.retrying', oldest: 'open.oldest', nextAttemptAt: 'open.next_at' })
}

/** Receivers that are disabled and events that came in and were given up, with the earliest of both. */
export async function countStuck(db: Database): Promise<{ stuckEvents: number; stuckSince: Date | null }> {
  const { rows } = await db.raw<{ rows: [{ stuckEvents: number; stuckSince: Date | null }] }>(
    `select count(*)::int as "stuckEvents", min(at) as "stuckSince" from (
       select pause.began_at as at from webhook_pauses pause join webhooks hook on hook.id = pause.webhook_id and hook.ended_at is null where pause.ended_at is null
       union all select given_up_at from inbound_events where fault is not null and given_up_at is not null
     ) as stuck`,
  )
  return rows[0]
}
