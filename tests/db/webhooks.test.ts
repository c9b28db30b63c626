import { expect } from 'vitest'
import type { Client } from '#app/domain/accounts/actor.ts'
import { findDeliveries } from '#app/domain/events/find-deliveries.server.ts'
import { resumeWebhook, showWebhook } from '#app/domain/events/keep-webhook.server.ts'
import { replayDelivery, replayForOthers } from '#app/domain/events/replay-delivery.server.ts'
import { RETRY_AFTER } from '#app/domain/events/retry-schedule.ts'
import { doubtOf, isSignedBy, type SignedHeaders } from '#app/domain/events/standard-webhook.ts'
import { testApart as base, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { aKey, decided, deliver, deliverAll, machineOf, PUBLIC_URL, publishAll, subscribed } from '#tests/support/events.ts'
import { operator } from '#tests/support/factories.ts'
import { webhookKeysOf } from '#tests/support/keyring.ts'
import { startReceiver, type Receiver } from '#tests/support/receiver.ts'

const test = base.extend('receiver', async ({}, { onCleanup }): Promise<Receiver> => {
  const receiver = await startReceiver()
  onCleanup(receiver.stop)
  return receiver
})

test('an event of a case reaches its authority, signed twice, and nobody else', async ({ database, context, receiver }) => {
  const here = context()
  await publishAll(here)
  const [one, other] = [await machineOf(database, here), await machineOf(database, here)]
  const { secret } = await subscribed(here, one.client, receiver.url('/one'))
  await subscribed(here, other.client, receiver.url('/other'))
  const decision = await decided(here, one.client, 'AJ-2026-1')
  await publishAll(here)
  await deliverAll(here, receiver.host)
  expect(receiver.taken.map(({ path }) => path)).toEqual(['/one'])
  const [{ headers, body }] = receiver.taken as [Receiver['taken'][0]]
  expect(JSON.parse(body)).toEqual({
    specversion: '1.0', id: headers['webhook-id'], source: 'urn:mingdan:test.mingdan.invalid', type: 'marketplace.demand.decided.v1', subject: 'AJ-2026-1', time: '2026-11-20T02:00:00.000Z', datacontenttype: 'application/json',
    dataschema: `${PUBLIC_URL}/api/v1/schemas/marketplace.demand.decided.v1`,
    data: { decision, authority: one.client.uscc, caseNumber: 'AJ-2026-1', verdict: 'refused', reasons: ['off-list'] },
  })
  const get = { get: (name: string) => (headers[name] as string | undefined) ?? null }
  expect(doubtOf(get, body, { secret, at: here.clock.now })).toBeNull()
  expect(isSignedBy(webhookKeysOf(here.keyring)[0]!.publicKey, headers as unknown as SignedHeaders, body)).toBe(true)
})

test('the ten attempts come at their times, and then the receiver is disabled and told of', async ({ database, context, receiver }) => {
  const { here, client, id } = await listening(database, context(), receiver)
  await decidedAndTold(here, client)
  receiver.answerWith(500)
  const begun = here.clock.now.getTime()
  const times: number[] = []
  for (const wait of RETRY_AFTER) {
    if (wait > 0) {
      here.clock.advance(wait - 1)
      expect((await deliver(here, receiver.host)).attempts).toBe(0)
      here.clock.advance(1)
    }
    expect((await deliver(here, receiver.host)).attempts).toBe(1)
    times.push((here.clock.now.getTime() - begun) / 1000)
  }
  expect(times).toEqual([0, 5, 305, 2105, 9305, 27305, 63305, 113705, 185705, 272105])
  expect(await database.owner('webhook_pauses').where({ webhook_id: id }).select('cause')).toEqual([{ cause: 'exhausted' }])
  expect(await database.owner('outbox').where({ type: 'marketplace.webhook.disabled.v1', subject: id }).select('data')).toEqual([{ data: expect.objectContaining({ cause: 'exhausted', tried: 10, host: receiver.host }) }])
  here.clock.advance(10 * 86_400_000)
  expect((await deliver(here, receiver.host)).attempts).toBe(0)
})

test('a later event of a case waits for the earlier one, and other cases go on', async ({ database, context, receiver }) => {
  const { here, client } = await listening(database, context(), receiver)
  for (const one of ['AJ-1', 'AJ-2', 'AJ-1', 'AJ-2']) await decided(here, client, one)
  await publishAll(here)
  let refused = 0
  receiver.answerWith(({ subject }) => (subject === 'AJ-1' && ++refused === 1 ? 503 : 200))
  for (let round = 0; round < 4; round++) await deliver(here, receiver.host)
  expect(receiver.taken.map(({ subject }) => subject)).toEqual(['AJ-2', 'AJ-2'])
  here.clock.advance(5000)
  await deliverAll(here, receiver.host)
  expect(receiver.taken.map(({ subject }) => subject)).toEqual(['AJ-2', 'AJ-2', 'AJ-1', 'AJ-1'])
  const order = await database.owner('feed_events').whereIn('event_id', receiver.taken.map(({ id }) => id)).orderBy('position').pluck('event_id')
  for (const one of ['AJ-1', 'AJ-2']) expect(receiver.taken.filter(({ subject }) => subject === one).map(({ id }) => id)).toEqual(order.filter((id) => receiver.taken.some((each) => each.id === id && each.subject === one)))
})

test('410 disables at once; what comes meanwhile waits, and a resumed receiver gets everything in its order', async ({ database, context, receiver }) => {
  const { here, client, id } = await listening(database, context(), receiver)
  await decidedAndTold(here, client)
  receiver.answerWith(410)
  expect(await deliver(here, receiver.host)).toMatchObject({ attempts: 1, disabled: 1 })
  await decidedAndTold(here, client)
  receiver.answerWith(200)
  expect((await deliver(here, receiver.host)).attempts).toBe(0)
  const machine = { ...here, actor: client }
  expect(await showWebhook(machine, { id })).toMatchObject({ health: 'disabled', cause: 'gone', waiting: 2, nextAttemptAt: null })
  const { items: [, first] } = await findDeliveries(machine, { webhookId: id, limit: 10 })
  await expect(replayDelivery(machine, { webhookId: id, id: Number(first!.id), idempotency: aKey() })).rejects.toMatchObject({ code: 'events.paused' })
  await resumeWebhook(machine, { id, idempotency: aKey() })
  await deliverAll(here, receiver.host)
  const events = await database.owner('feed_events').where({ authority_id: client.organisationId }).orderBy('position').pluck('event_id')
  expect(receiver.taken.map((one) => one.id)).toEqual(events)
  expect(await showWebhook(machine, { id })).toMatchObject({ health: 'well', cause: null, waiting: 0 })
})

test('a past delivery is sent again under the same id, by its machine and by an operator, and each time it stands in the log', async ({ database, context, receiver }) => {
  const { here, client, id } = await listening(database, context(), receiver)
  await decidedAndTold(here, client)
  await deliverAll(here, receiver.host)
  const machine = { ...here, actor: client }
  const { items: [one] } = await findDeliveries(machine, { webhookId: id, limit: 10 })
  const idempotency = aKey()
  await replayDelivery(machine, { webhookId: id, id: Number(one!.id), idempotency })
  await replayDelivery(machine, { webhookId: id, id: Number(one!.id), idempotency })
  await deliverAll(here, receiver.host)
  await replayForOthers({ ...here, actor: await operator(database.owner) }, { id: Number(one!.id) })
  await deliverAll(here, receiver.host)
  expect(new Set(receiver.taken.map((taken) => taken.headers['webhook-id']))).toEqual(new Set([one!.event]))
  expect(receiver.taken).toHaveLength(3)
  expect(await findDeliveries(machine, { webhookId: id, limit: 10 })).toMatchObject({ items: [{ state: 'delivered', attempts: 3, lastStatus: 204 }], next: null })
  expect(await database.owner('audits').where({ act: 'replay:delivery', subject: id })).toHaveLength(2)
})

test('a crash between sending and recording sends the event again and never loses it', async ({ database, context, receiver }) => {
  const { here, client } = await listening(database, context(), receiver)
  for (let number = 0; number < 3; number++) await decided(here, client, 'AJ-1')
  await publishAll(here)
  // The database goes away when the answer is there and about to be written down.
  await unlessRecorded(database, () => expect(deliver(here, receiver.host)).rejects.toThrow('crashed'))
  expect(receiver.taken).toHaveLength(1)
  expect((await deliver(here, receiver.host)).attempts).toBe(0)
  here.clock.advance(120_000)
  await deliverAll(here, receiver.host)
  const ids = receiver.taken.map((one) => one.id)
  expect([ids.length, new Set(ids).size]).toEqual([4, 3])
  expect(ids[0]).toBe(ids[1])
})

test('two workers at once send each event once', async ({ database, context, receiver }) => {
  const { here, client } = await listening(database, context(), receiver)
  for (let number = 0; number < 40; number++) await decided(here, client, `AJ-${number % 20}`)
  await publishAll(here)
  for (let round = 0; round < 8; round++) await Promise.all([deliver(here, receiver.host, 10), deliver(here, receiver.host, 10), deliver(here, receiver.host, 10)])
  expect([receiver.taken.length, new Set(receiver.taken.map(({ id }) => id)).size]).toEqual([40, 40])
})

test('a slow receiver holds nobody up: it gets a part, others go first, and what is left is nobody’s until the next round', async ({ database, context, receiver }) => {
  const { here, client, id } = await listening(database, context(), receiver)
  const quick = await machineOf(database, here)
  await subscribed(here, quick.client, receiver.url('/quick'))
  for (let number = 0; number < 12; number++) await decided(here, client, `AJ-${number}`)
  await decided(here, quick.client, 'AJ-1')
  await publishAll(here)
  receiver.slow(60)
  const { attempts, delivered } = await deliver(here, receiver.host, 100, { queue: 100, round: 5000 })
  expect([attempts, receiver.taken.filter(({ path }) => path === '/quick').length]).toEqual([delivered, 1])
  expect(delivered).toBeLessThan(12)
  const leased = () => database.owner('outbox_deliveries').where({ webhook_id: id }).whereNotNull('leased_until')
  expect(await leased()).toEqual([])
  // No time at all: nothing is sent, and nothing is held.
  expect(await deliver(here, receiver.host, 100, { queue: 100, round: 0 })).toMatchObject({ attempts: 0, delivered: 0, failed: 0 })
  expect(await leased()).toEqual([])
  receiver.slow(0)
  await deliverAll(here, receiver.host)
  expect([receiver.taken.length, new Set(receiver.taken.map((one) => one.id)).size]).toEqual([13, 13])
})

/** A machine whose receiver hears what is told from now on. */
async function listening(database: TestDatabase, here: TestContext, receiver: Receiver): Promise<{ here: TestContext; client: Client; id: string }> {
  const { client } = await machineOf(database, here)
  await publishAll(here)
  const { id } = await subscribed(here, client, receiver.url())
  return { here, client, id }
}

async function decidedAndTold(here: TestContext, client: Client): Promise<void> {
  await decided(here, client, 'AJ-1')
  await publishAll(here)
}

/** While `work` runs, no attempt can be written down: as if the process or the database had ended just then. */
async function unlessRecorded({ owner }: TestDatabase, work: () => Promise<unknown>): Promise<void> {
  await owner.raw(`create function crash() returns trigger language plpgsql as $$ begin raise exception 'crashed'; end $$; create trigger crash before insert on delivery_attempts for each statement execute function crash()`)
  try {
    await work()
  } finally {
    await owner.raw('drop function crash() cascade')
  }
}
