import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { InboundHandler } from '#app/domain/events/inbound-handlers.server.ts'
import { endEventSource, listSources, registerSource } from '#app/domain/events/keep-source.server.ts'
import { processInbound } from '#app/domain/events/process-inbound.server.ts'
import { processAgain, showTraffic } from '#app/domain/events/show-traffic.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { testApart as test } from '#tests/support/database.ts'
import { machineOf, sourceOf } from '#tests/support/events.ts'
import { operator } from '#tests/support/factories.ts'

test('an event comes in once, byte for byte, and is processed by its type', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const { source, send } = await sourceOf(here, client)
  const id = randomUUID()
  const event = { id, type: 'case.withdrawn', data: { caseNumber: 'AJ-1', note: '撤回' }, extension: 'kept' }
  expect(await send(event)).toEqual({ duplicate: false })
  expect(await send(event)).toEqual({ duplicate: true })
  const kept = await database.owner('inbound_events').select('body', 'event_id', 'subject', 'done_at')
  expect(kept).toEqual([{ body: JSON.stringify({ specversion: '1.0', id, source, type: 'case.withdrawn', subject: 'AJ-1', data: event.data, extension: 'kept' }), event_id: id, subject: 'AJ-1', done_at: null }])
  const heard: unknown[] = []
  const handlers = { 'case.withdrawn': (async (trx, { traceId }, { event: { data }, organisationId }) => {
    heard.push(data, organisationId)
    await insertEvent(trx, { type: 'marketplace.test.v1', subject: 'done', data: {}, at: here.clock.now, traceId })
  }) satisfies InboundHandler }
  expect(await processInbound(here, handlers, 10)).toEqual({ taken: 1, failed: [], more: false })
  expect(await processInbound(here, handlers, 10)).toEqual({ taken: 0, failed: [], more: false })
  expect(heard).toEqual([event.data, client.organisationId])
  expect(await database.owner('outbox').where({ subject: 'done' })).toHaveLength(1)
})

test('five minutes either way are allowed, and nothing else gets in', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const { send, source } = await sourceOf(here, client)
  const around = (seconds: number) => new Date(here.clock.now.getTime() + seconds * 1000)
  for (const seconds of [-300, 0, 300]) expect(await send({}, { at: around(seconds) })).toEqual({ duplicate: false })
  for (const seconds of [-301, 301]) await expect(send({}, { at: around(seconds) })).rejects.toMatchObject({ kind: 'unauthenticated', code: 'events.stale' })
  await expect(send({}, { secret: 'whsec_AAAA' })).rejects.toMatchObject({ code: 'events.wrong-signature' })
  await expect(send({ source: 'https://nobody.example' })).rejects.toMatchObject({ code: 'events.wrong-signature' })
  expect(await database.owner('inbound_events')).toHaveLength(3)
  const id = (await listSources({ ...here, actor: client }))[0]!.id
  await endEventSource({ ...here, actor: client }, { id })
  await expect(send({})).rejects.toMatchObject({ code: 'events.wrong-signature' })
  expect(source).toMatch(/^https:/)
})

test('two authorities may use the same name of a source, and each is known by its secret', async ({ database, context }) => {
  const here = context()
  const [one, other] = [await machineOf(database, here), await machineOf(database, here)]
  const [first, second] = [await sourceOf(here, one.client, 'urn:cases'), await sourceOf(here, other.client, 'urn:cases')]
  await first.send({ id: '1', type: 'case.closed' })
  await second.send({ id: '1', type: 'case.closed' })
  const heard: string[] = []
  await processInbound(here, { 'case.closed': async (_trx, _context, { organisationId }) => void heard.push(organisationId) }, 10)
  expect(heard).toEqual([one.client.organisationId, other.client.organisationId])
  await expect(endEventSource({ ...here, actor: one.client }, { id: second.id })).rejects.toMatchObject({ code: 'events.no-such-source' })
  await expect(registerSource({ ...here, actor: one.client }, { source: 'urn:cases', idempotency: { key: randomUUID(), requestHash: '00' } })).rejects.toMatchObject({ code: 'events.source-taken' })
})

test('what fails is tried again at its times, holds up its own case only, and stands on the operator\'s page until it is done', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const { send } = await sourceOf(here, client)
  const runner = { ...here, actor: await operator(database.owner) }
  await send({ id: 'a1', subject: 'AJ-1', type: 'case.closed' })
  await send({ id: 'a2', subject: 'AJ-1', type: 'case.closed' })
  await send({ id: 'b1', subject: 'AJ-2', type: 'case.closed' })
  await send({ id: 'c1', subject: 'AJ-3', type: 'case.merged' })
  await send({ id: 'd1', subject: 'AJ-4', type: 'case.closed' })
  let broken = true
  const done: string[] = []
  const handlers: Record<string, InboundHandler> = { 'case.closed': async (trx, _context, { event: { id } }) => {
    await insertEvent(trx, { type: 'marketplace.test.v1', subject: `of ${id}`, data: {}, at: here.clock.now, traceId: here.traceId })
    if (id === 'd1') throw new Refusal('missing', 'guard.no-such-decision')
    if (id === 'a1' && broken) throw new TypeError('A bug that names 张三.')
    done.push(id)
  } }
  expect(await processInbound(here, handlers, 10)).toMatchObject({ taken: 4, failed: [{ type: 'case.closed', fault: 'TypeError' }] })
  expect(done).toEqual(['b1'])
  expect(await database.owner('outbox').whereLike('subject', 'of %').pluck('subject')).toEqual(['of b1'])
  const shown = async () => (await showTraffic(runner, {})).inbound.map(({ eventId, outcome, fault, tried }) => [eventId, outcome, fault, tried])
  expect(await shown()).toEqual([['d1', 'refused', 'guard.no-such-decision', 0], ['c1', 'unknown-type', null, 0], ['a1', null, 'TypeError', 1]])
  expect(await processInbound(here, handlers, 10)).toMatchObject({ taken: 0 })
  broken = false
  here.clock.advance(5000)
  await processInbound(here, handlers, 10)
  expect(done).toEqual(['b1', 'a1', 'a2'])
  expect((await shown()).map(([id]) => id)).toEqual(['d1', 'c1'])
  const { inbound: [, unknown] } = await showTraffic(runner, {})
  await processAgain(runner, { id: unknown!.id })
  await processInbound(here, { ...handlers, 'case.merged': async () => {} }, 10)
  expect((await shown()).map(([id]) => id)).toEqual(['d1'])
  await expect(processAgain(runner, { id: unknown!.id })).rejects.toMatchObject({ code: 'events.no-such-inbound' })
})

test('after ten failures an event is given up, kept, and said on the operator\'s desk', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const { send } = await sourceOf(here, client)
  await send({ type: 'case.closed' })
  const handlers = { 'case.closed': async () => { throw new Error('broken') } }
  let attempts = 0
  for (let day = 0; day < 100; day++) {
    attempts += (await processInbound(here, handlers, 10)).failed.length
    here.clock.advance(3 * 3_600_000)
  }
  expect(attempts).toBe(10)
  const [kept] = (await showTraffic({ ...here, actor: await operator(database.owner) }, {})).inbound
  expect(kept).toMatchObject({ tried: 10, nextAttemptAt: null, givenUpAt: expect.any(Date), fault: 'Error' })
})

test('what cannot be read ends at once: it is not tried again, and holds up nobody', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const { send } = await sourceOf(here, client)
  await send({ id: '1', type: 'case.closed' })
  await send({ id: '2', type: 'case.closed' })
  await database.owner('inbound_events').where({ event_id: '1' }).update({ body: '{"specversion":"1.0"' })
  const heard: string[] = []
  expect(await processInbound(here, { 'case.closed': async (_trx, _context, { event }) => void heard.push(event.id) }, 10)).toEqual({ taken: 2, failed: [], more: false })
  expect(heard).toEqual(['2'])
  expect(await database.owner('inbound_events').orderBy('event_id').pluck('fault')).toEqual(['events.data', null])
})
