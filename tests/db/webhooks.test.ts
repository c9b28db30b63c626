import { expect } from 'vitest'
import { webhookKeysOf } from '#tests/support/keyring.ts'
import { RETRY_AFTER } from '#app/domain/events/retry-schedule.ts'
import { doubtOf, isSignedBy, type SignedHeaders } from '#app/domain/events/standard-webhook.ts'
import { test as base } from '#tests/support/database.ts'
import { decided, deliver, deliverAll, machineOf, PUBLIC_URL, publishAll, subscribed } from '#tests/support/events.ts'
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
  const here = context()
  const { client } = await machineOf(database, here)
  const { id } = await subscribed(here, client, receiver.url())
  await decided(here, client, 'AJ-1')
  await publishAll(here)
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
