import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { insertAttempt, leaseDeliveries, releaseLeases, saveOutcome, type Due } from '#db/repositories/outbox-deliveries.ts'
import { findWebhook, lockWebhook, pauseWebhook, type PauseCause, type Webhook } from '#db/repositories/webhooks.ts'
import { cloudEvent } from './cloud-event.ts'
import { nextAttempt } from './retry-schedule.ts'
import { sendWebhook, type Answer, type Outlet } from './send-webhook.server.ts'
import { sharedSecret, signWebhook } from './standard-webhook.ts'

const LEASE = 120_000
/** How long one receiver is sent to in a round, and how long a round begins sending at all: with the longest send after it still well within the lease. */
const PATIENCE = { queue: 30_000, round: 60_000 }
const AT_ONCE = 4
const GONE = 410

type Given = Outlet & { publicUrl: string; most: number; patience?: { queue: number; round: number }; signal?: AbortSignal }
export type Sent = { attempts: number; delivered: number; failed: number; disabled: number; more: boolean }

/**
 * Sends what is due, each receiver one after the other and several receivers side by side. An attempt is recorded after it
 * was made: a crash in between sends the event again, with the same `webhook-id`, and never loses it. After a failure a
 * receiver is left alone for the rest of the round; after some time a slow one too, so that a round ends before its lease and
 * nobody waits long behind it. Who has least to get comes first.
 *
 * @returns what was done; `more` where the round was full
 */
export async function deliverWebhooks(context: Pick<Context, 'db' | 'clock' | 'keyring' | 'traceId'>, given: Given): Promise<Sent> {
  const { db, clock } = context
  const { queue: ofQueue, round } = given.patience ?? PATIENCE
  const end = performance.now() + round
  const due = await transact(db, async (trx) => {
    const at = await clock.read(trx)
    return leaseDeliveries(trx, { at, until: new Date(at.getTime() + LEASE), limit: given.most })
  })
  const done: Sent = { attempts: 0, delivered: 0, failed: 0, disabled: 0, more: due.length === given.most }
  const queues = [...Map.groupBy(due, ({ webhookId }) => webhookId).entries()].toSorted(([, one], [, other]) => one.length - other.length)
  const work = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) await sendQueue(context, given, queue, { done, until: Math.min(performance.now() + ofQueue, end) })
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return done
}

async function sendQueue(context: Pick<Context, 'db' | 'clock' | 'keyring' | 'traceId'>, given: Given, [webhookId, due]: [string, Due[]], { done, until }: { done: Sent; until: number }): Promise<void> {
  const webhook = (await findWebhook(context.db, webhookId))!
  for (const [place, one] of due.entries()) {
    const { answer, tookMs } = given.signal?.aborted || performance.now() >= until ? { answer: null, tookMs: 0 } : await send(context, given, webhook, one)
    if (answer) {
      done.attempts += 1
      const result = await record(context, webhook, one, answer, tookMs)
      done[result] += 1
      if (result === 'delivered') continue
    }
    const rest = due.slice(answer ? place + 1 : place)
    return releaseLeases(context.db, { ids: rest.map(({ id }) => id), leasedUntil: one.leasedUntil })
  }
}

async function send({ db, clock, keyring }: Pick<Context, 'db' | 'clock' | 'keyring'>, given: Given, webhook: Webhook, { event }: Due): Promise<{ answer: Answer; tookMs: number }> {
  const body = JSON.stringify(cloudEvent(event, webhook, { origin: keyring.origin, publicUrl: given.publicUrl }))
  const keys = keyring.keys.filter(({ purpose }) => purpose === 'webhook')
  const headers = signWebhook({ id: event.eventId, at: await clock.read(db), body }, { secret: sharedSecret(keyring, 'webhook', webhook.id), keys })
  const begun = performance.now()
  const answer = await sendWebhook({ url: webhook.url, headers, body }, given)
  return { answer, tookMs: Math.round(performance.now() - begun) }
}

async function record({ db, clock, traceId }: Pick<Context, 'db' | 'clock' | 'traceId'>, webhook: Webhook, due: Due, answer: Answer, tookMs: number): Promise<'delivered' | 'failed' | 'disabled'> {
  return transact(db, async (trx) => {
    await lockWebhook(trx, webhook.id)
    const at = await clock.read(trx)
    const before = await insertAttempt(trx, due, { at, tookMs, ...answer })
    const isDelivered = answer.status !== null && answer.status >= 200 && answer.status < 300
    // Somebody took it over after the lease, or asked for it anew: what they record counts.
    if (!before) return isDelivered ? 'delivered' : 'failed'
    if (isDelivered) return saveOutcome(trx, due.id, { deliveredAt: at }).then(() => 'delivered')
    const tried = before.tried + 1
    const next = answer.status === GONE ? null : nextAttempt(tried, at)
    if (next) return saveOutcome(trx, due.id, { tried, nextAttemptAt: next }).then(() => 'failed')
    await saveOutcome(trx, due.id, { tried, givenUpAt: at })
    const cause: PauseCause = answer.status === GONE ? 'gone' : 'exhausted'
    if (!(await pauseWebhook(trx, { id: webhook.id, cause, at }))) return 'failed'
    await insertEvent(trx, { type: 'marketplace.webhook.disabled.v1', subject: webhook.id, data: { webhook: webhook.id, organisation: webhook.organisationId, role: 'authority', host: new URL(webhook.url).host, cause, tried }, at, traceId })
    return 'disabled'
  })
}
