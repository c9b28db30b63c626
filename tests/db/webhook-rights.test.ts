import { expect } from 'vitest'
import { findDeliveries } from '#app/domain/events/find-deliveries.server.ts'
import { listWebhooks, resumeWebhook, showWebhook, unsubscribe } from '#app/domain/events/keep-webhook.server.ts'
import { replayDelivery } from '#app/domain/events/replay-delivery.server.ts'
import { showTraffic } from '#app/domain/events/show-traffic.server.ts'
import { subscribe } from '#app/domain/events/subscribe.server.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { testApart as base } from '#tests/support/database.ts'
import { aKey, decided, deliver, deliverAll, machineOf, publishAll, subscribed } from '#tests/support/events.ts'
import { operator } from '#tests/support/factories.ts'
import { startReceiver, type Receiver } from '#tests/support/receiver.ts'

const test = base.extend('receiver', async ({}, { onCleanup }): Promise<Receiver> => {
  const receiver = await startReceiver()
  onCleanup(receiver.stop)
  return receiver
})

test('an ended receiver gets nothing more, another authority finds none of it, and types narrow what is heard', async ({ database, context, receiver }) => {
  const here = context()
  const [one, other] = [await machineOf(database, here), await machineOf(database, here)]
  await publishAll(here)
  const { id } = await subscribed(here, one.client, receiver.url('/all'))
  await subscribed(here, one.client, receiver.url('/lists'), ['marketplace.catalogue.version-adopted.v1'])
  const theirs = { ...here, actor: other.client }
  await decided(here, one.client, 'AJ-1')
  await publishAll(here)
  const [{ id: delivery }] = (await database.owner('outbox_deliveries').where({ webhook_id: id }).select('id')) as [{ id: number }]
  for (const attempt of [() => showWebhook(theirs, { id }), () => unsubscribe(theirs, { id }), () => findDeliveries(theirs, { webhookId: id, limit: 1 }), () => resumeWebhook(theirs, { id, idempotency: aKey() }), () => replayDelivery(theirs, { webhookId: id, id: delivery, idempotency: aKey() })]) await expect(attempt()).rejects.toMatchObject({ kind: 'missing' })
  expect(await listWebhooks(theirs)).toEqual([])
  await unsubscribe({ ...here, actor: one.client }, { id })
  await deliverAll(here, receiver.host)
  expect(receiver.knocks).toEqual([])
  await expect(showWebhook({ ...here, actor: one.client }, { id })).rejects.toMatchObject({ code: 'events.no-such-webhook' })
})

test('the secret is said once, is in no table, and comes again for the same key only', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const machine = { ...here, actor: client }
  const idempotency = aKey()
  const input = { webhook: { url: 'https://cases.example/events', types: [] }, allowedHosts: [], idempotency }
  const first = await subscribe(machine, input)
  const { id, secret } = JSON.parse(first.body) as { id: string; secret: string }
  expect(await subscribe(machine, input)).toMatchObject({ id, body: first.body, replayed: true })
  expect(JSON.stringify([await listWebhooks(machine), await showWebhook(machine, { id })])).not.toContain('whsec')
  for (const table of ['webhooks', 'idempotency_keys', 'audits', 'outbox']) {
    const { rows } = await database.owner.raw(`select 1 from ?? as kept where kept::text like ?`, [table, `%${secret.slice(6, 30)}%`])
    expect(rows, table).toEqual([])
  }
  await expect(subscribe(machine, { ...input, webhook: { url: 'http://cases.example/', types: [] }, idempotency: aKey() })).rejects.toMatchObject({ code: 'events.url-https' })
  for (let number = 1; number < 20; number++) await subscribe(machine, { ...input, idempotency: aKey() })
  await expect(subscribe(machine, { ...input, idempotency: aKey() })).rejects.toMatchObject({ code: 'events.too-many' })
})

test('whoever owns a receiver that was disabled is told, and the operator too', async ({ database, context, receiver }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const runner = await operator(database.owner)
  await publishAll(here)
  await subscribed(here, client, receiver.url())
  await decided(here, client, 'AJ-1')
  await publishAll(here)
  receiver.answerWith(410)
  here.clock.advance(1000)
  await deliver(here, receiver.host)
  while ((await deliverMessages(here, 200)).events > 0);
  const told = await database.owner('messages').whereIn('organisation_id', [client.organisationId, runner.organisationId]).whereIn('kind', ['webhook-disabled', 'own-webhook-disabled']).orderBy('kind').select('kind', 'role', 'params')
  expect(told).toEqual([
    { kind: 'own-webhook-disabled', role: 'authority', params: { host: receiver.host, cause: 'gone', tried: 1 } },
    { kind: 'webhook-disabled', role: 'operator', params: { host: receiver.host, cause: 'gone', tried: 1 } },
  ])
  expect((await showOperation({ ...here, actor: runner })).today.map(({ kind }) => kind)).toContain('events-stuck')
  const traffic = await showTraffic({ ...here, actor: runner }, { show: 'troubled' })
  expect(traffic.receivers.find(({ health }) => health === 'disabled')).toMatchObject({ cause: 'gone', url: receiver.url() })
  expect(traffic.deliveries[0]).toMatchObject({ state: 'given-up', lastStatus: 410 })
})
