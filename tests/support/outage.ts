import { randomUUID } from 'node:crypto'
import type { Member } from '#app/domain/accounts/actor.ts'
import { deliverWebhooks } from '#app/domain/events/deliver-webhooks.server.ts'
import { publishEvents } from '#app/domain/events/publish-events.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { databaseClock, transact } from '#db/client.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { clockAt } from './clock.ts'
import { isSignedBy, type SignedHeaders } from '#app/domain/events/standard-webhook.ts'
import type { Receiver } from './receiver.ts'
import type { Site } from './site.ts'

const SECOND = 1000
const CASES = 10
export const EVENTS = 200
/** A round of the worker, by the accelerated clock, while the outage lasts and shortly after. */
const ROUND = SECOND

/** What an outage of the receiver came to. */
export type Outage = { seconds: number; told: number; lost: number; duplicates: number; outOfOrder: number; attempts: number; lastAfterMs: number }

/**
 * A receiver that is down for so long while things happen in ten cases: all of it over real HTTP, by a clock that is moved on
 * instead of being waited for. Events are told before, during and after; then the clock goes to each next attempt.
 */
export async function outage({ site, officer, receiver, seconds }: { site: Site; officer: Member; receiver: Receiver; seconds: number }): Promise<Outage> {
  const clock = clockAt(await databaseClock.read(site.database.app))
  const context = { db: site.database.app, clock, keyring: openKeyring(site.config.keyring, { origin: 'unused', makeIfMissing: false }), traceId: '0'.repeat(32) }
  const told: { id: string; subject: string }[] = []
  const already = new Set(receiver.taken.map(({ id }) => id))
  const [before, length] = [receiver.taken.length, Math.max(seconds, 30)]
  let attempts = 0
  const tell = async (number: number) => {
    const subject = `AJ-${seconds}-${number % CASES}`
    const data = { decision: randomUUID(), authority: officer.uscc, caseNumber: subject, verdict: 'refused', reasons: ['off-list'] }
    await transact(site.database.owner, (trx) => insertEvent(trx, { type: 'marketplace.demand.decided.v1', subject, data, at: clock.now, traceId: context.traceId }))
    told.push({ id: data.decision, subject })
  }
  const round = async () => {
    while ((await publishEvents(context, 200)).events > 0);
    for (let done = -1; done !== 0; ) {
      done = (await deliverWebhooks(context, { allowedHosts: site.config.webhookAllowedHosts, publicUrl: site.address, most: 100, withinMs: 2000 })).attempts
      attempts += done
    }
  }
  const wanted = (share: number) => Math.min(EVENTS, Math.round(share * EVENTS))
  const [begins, ends] = [0.1, 0.9]
  const steps = Math.min(length, 60)
  let isDown = false
  let downUntil = 0
  for (let step = 0; step <= steps; step++) {
    const share = step / steps
    if (!isDown && share >= begins && downUntil === 0) {
      await receiver.down()
      isDown = true
      downUntil = clock.now.getTime() + seconds * SECOND
    }
    while (told.length < wanted(share)) await tell(told.length)
    await round()
    clock.advance(isDown ? (seconds * SECOND) / (steps * (ends - begins)) : ROUND)
    if (isDown && clock.now.getTime() >= downUntil) {
      await receiver.up()
      isDown = false
    }
  }
  if (isDown) await receiver.up()
  const upAgain = downUntil
  let last = clock.now.getTime()
  for (;;) {
    await round()
    // Later events of a case are due and wait for the earlier one; the clock goes to what is tried next.
    const next = await site.database.owner('outbox_deliveries').where('next_attempt_at', '>', clock.now).min({ at: 'next_attempt_at' }).first<{ at: Date | null }>()
    if (!next?.at) break
    clock.set(next.at)
    last = clock.now.getTime()
  }
  const taken = receiver.taken.slice(before).map((one) => ({ ...one, decision: (JSON.parse(one.body) as { data: { decision: string } }).data.decision }))
  const unsigned = taken.filter((one) => !context.keyring.keys.some(({ purpose, publicKey }) => purpose === 'webhook' && isSignedBy(publicKey, one.headers as unknown as SignedHeaders, one.body)))
  if (unsigned.length || taken.some(({ id }) => already.has(id))) throw new Error('Something was sent that is not of this outage, or unsigned.')
  const came = new Set(taken.map(({ decision }) => decision))
  const orderOf = (subject: string) => [...new Set(taken.filter((one) => one.subject === subject).map(({ decision }) => decision))]
  const subjects = [...new Set(told.map(({ subject }) => subject))]
  return {
    seconds,
    told: told.length,
    lost: told.filter(({ id }) => !came.has(id)).length,
    duplicates: taken.length - came.size,
    outOfOrder: subjects.filter((subject) => orderOf(subject).join() !== told.filter((one) => one.subject === subject).map(({ id }) => id).join()).length,
    attempts,
    lastAfterMs: last - upAgain,
  }
}
