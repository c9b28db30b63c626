import { randomUUID } from 'node:crypto'
import { expect, test as base } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { grantToken } from '#app/domain/accounts/access-token.server.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import { publishEvents } from '#app/domain/events/publish-events.server.ts'
import { signWebhook } from '#app/domain/events/standard-webhook.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { databaseClock } from '#db/client.ts'
import { authority } from '#tests/support/factories.ts'
import { EVENTS, outage, type Outage } from '#tests/support/outage.ts'
import { startReceiver, type Receiver } from '#tests/support/receiver.ts'
import { startSite, type Site } from '#tests/support/site.ts'

type Machine = { officer: Member; call: (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Response> }
type Staged = { site: Site; receiver: Receiver; machine: () => Promise<Machine> }

const test = base.extend('stage', { scope: 'file' }, async ({}, { onCleanup }): Promise<Staged> => {
  const receiver = await startReceiver()
  const site = await startSite({ env: { WEBHOOK_ALLOWED_HOSTS: receiver.host } })
  onCleanup(async () => {
    await site.stop()
    await receiver.stop()
  })
  return { site, receiver, machine: () => machineOf(site) }
})

/** An authority with a machine that has a token, over real HTTP. */
async function machineOf(site: Site): Promise<Machine> {
  const officer = await authority(site.database.owner)
  const keyring = openKeyring(site.config.keyring, { origin: 'unused', makeIfMissing: false })
  const [id, secret] = [`machine-${officer.accountId}`, 'a secret of a test']
  await makeApiClient({ db: site.database.app, clock: databaseClock }, { id, secret, name: id, organisationId: officer.organisationId })
  const grant = await grantToken({ db: site.database.app, clock: databaseClock, keyring }, { id, secret, scopes: null })
  if ('fault' in grant) throw new Error(grant.fault)
  const call: Machine['call'] = (method, path, body, headers = {}) =>
    fetch(site.address + path, { method, headers: { authorization: `Bearer ${grant.accessToken}`, ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }), ...headers }, ...(body && { body: JSON.stringify(body) }) })
  return { officer, call }
}

test('a receiver that is down for ten seconds to ten minutes misses nothing, and each case comes in its order', async ({ stage: { site, receiver, machine } }) => {
  const rows: Outage[] = []
  for (const seconds of [10, 60, 300, 600]) {
    const { officer, call } = await machine()
    while ((await publishEvents({ db: site.database.app, clock: databaseClock }, 200)).events > 0);
    const made = await call('POST', '/api/v1/webhooks', { url: receiver.url(`/of-${seconds}`) })
    expect(made.status).toBe(201)
    rows.push(await outage({ site, officer, receiver, seconds }))
    await call('DELETE', `/api/v1/webhooks/${((await made.json()) as { id: string }).id}`)
  }
  console.log(['| receiver down | events told | lost | twice | cases out of order | attempts | last one taken after the receiver was back |', '|---:|---:|---:|---:|---:|---:|---:|', ...rows.map((row) => `| ${row.seconds} s | ${row.told} | ${row.lost} | ${row.duplicates} | ${row.outOfOrder} of 10 | ${row.attempts} | ${Math.max(0, Math.round(row.lastAfterMs / 1000))} s |`)].join('\n'))
  expect(rows.map(({ told, lost, duplicates, outOfOrder }) => ({ told, lost, duplicates, outOfOrder }))).toEqual(Array(4).fill({ told: EVENTS, lost: 0, duplicates: 0, outOfOrder: 0 }))
})

test('a machine registers a receiver, asks for it, for its log and for the feed, and ends it; another finds none of it', async ({ stage: { receiver, machine } }) => {
  const [own, foreign] = [await machine(), await machine()]
  const made = await own.call('POST', '/api/v1/webhooks', { url: receiver.url(), types: ['marketplace.demand.decided.v1'] })
  const { id, secret } = (await made.json()) as { id: string; secret: string }
  expect([made.status, made.headers.get('location'), secret]).toEqual([201, `/api/v1/webhooks/${id}`, expect.stringMatching(/^whsec_/)])
  expect(await (await own.call('GET', `/api/v1/webhooks/${id}`)).json()).toMatchObject({ id, health: 'well', types: ['marketplace.demand.decided.v1'] })
  expect(await (await own.call('GET', `/api/v1/webhooks/${id}/deliveries`)).json()).toEqual({ items: [], next: null })
  for (const [method, path, body] of [['GET', ''], ['DELETE', ''], ['GET', '/deliveries'], ['POST', '/resume', {}], ['POST', '/deliveries/1/replay', {}]] as const) expect((await foreign.call(method, `/api/v1/webhooks/${id}${path}`, body)).status, path).toBe(404)
  expect(await (await foreign.call('GET', '/api/v1/webhooks')).json()).toEqual({ items: [], next: null })
  const feed = (await (await own.call('GET', '/api/v1/feed?limit=500')).json()) as { items: { specversion: string; dataschema: string }[]; next: string }
  expect(feed.items.every(({ specversion }) => specversion === '1.0')).toBe(true)
  for (const { dataschema } of feed.items.slice(0, 1)) expect(await (await fetch(dataschema)).json()).toMatchObject({ type: 'object' })
  expect((await own.call('DELETE', `/api/v1/webhooks/${id}`)).status).toBe(204)
  expect((await own.call('GET', `/api/v1/webhooks/${id}`)).status).toBe(404)
})

type Wrong = [name: string, method: string, path: string, body: object | undefined, headers: Record<string, string>, status: number, fault?: { pointer: string; code: string }]
test.for<Wrong>([
  ['an address without https', 'POST', '/api/v1/webhooks', { url: 'http://cases.example/' }, {}, 422, { pointer: '/url', code: 'events.url-https' }],
  ['an address that is none', 'POST', '/api/v1/webhooks', { url: 'nowhere' }, {}, 422, { pointer: '/url', code: 'events.url' }],
  ['a type that is none', 'POST', '/api/v1/webhooks', { url: 'https://cases.example/', types: ['marketplace.bid.received.v1'] }, {}, 422, { pointer: '/types/0', code: 'events.unknown-type' }],
  ['a field that nobody knows', 'POST', '/api/v1/webhooks', { url: 'https://cases.example/', secret: 'mine' }, {}, 422, { pointer: '/secret', code: 'guard.unknown-field' }],
  ['no key', 'POST', '/api/v1/webhooks', { url: 'https://cases.example/' }, { 'idempotency-key': '' }, 400],
  ['no token', 'GET', '/api/v1/feed', undefined, { authorization: '' }, 401],
  ['a place that is none', 'GET', '/api/v1/feed?after=yesterday', undefined, {}, 400, { pointer: '/after', code: 'events.place' }],
  ['too much at once', 'GET', '/api/v1/feed?limit=501', undefined, {}, 400, { pointer: '/limit', code: 'events.limit' }],
  ['a query that nobody knows', 'GET', '/api/v1/feed?since=1', undefined, {}, 400, { pointer: '/since', code: 'guard.unknown-field' }],
  ['a place behind the end', 'GET', '/api/v1/feed?after=999999999999999', undefined, {}, 422, { pointer: '/after', code: 'events.place-ahead' }],
  ['a place said twice', 'GET', '/api/v1/feed?after=1&after=2', undefined, {}, 400, { pointer: '/after', code: 'api.said-twice' }],
  ['a method that is none', 'PUT', '/api/v1/webhooks', { url: 'https://cases.example/' }, {}, 405],
  ['an event without a signature', 'POST', '/api/v1/events', { specversion: '1.0', id: '1', source: 'urn:x', type: 'case.closed' }, {}, 401, { pointer: '', code: 'events.unsigned' }],
  ['an event without its id', 'POST', '/api/v1/events', { specversion: '1.0', source: 'urn:x', type: 'case.closed' }, {}, 422, { pointer: '/id', code: 'events.attribute' }],
])('%s is a problem that says where', async ([, method, path, body, headers, status, fault], { stage: { machine } }) => {
  const { call } = await machine()
  for (const language of ['zh', 'en']) {
    const answer = await call(method, path, body, { 'accept-language': language, ...headers })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
    const { errors, detail } = (await answer.json()) as { errors: object[]; detail: string }
    if (fault) expect(errors).toMatchObject([fault])
    expect(/\p{Script=Han}/u.test(detail)).toBe(language === 'zh')
  }
})

test('a source of events registers itself, sends signed events as CloudEvents, and the same one twice is the same', async ({ stage: { machine, site } }) => {
  const { call } = await machine()
  const source = 'https://cases.example/system'
  const made = await call('POST', '/api/v1/event-sources', { source })
  const { id, secret } = (await made.json()) as { id: string; secret: string }
  const event = JSON.stringify({ specversion: '1.0', id: 'e-1', source, type: 'case.closed', subject: 'AJ-1', data: { closedOn: '2026-11-20' } })
  const send = (at: Date, contentType: string) => fetch(`${site.address}/api/v1/events`, { method: 'POST', body: event, headers: { 'content-type': contentType, ...signWebhook({ id: 'e-1', at, body: event }, { secret, keys: [] }) } })
  expect((await send(new Date(), 'application/cloudevents+json; charset=utf-8')).status).toBe(202)
  expect(await (await send(new Date(), 'application/json')).json()).toEqual({ id: 'e-1', duplicate: true })
  expect((await send(new Date(Date.now() - 310_000), 'application/json')).status).toBe(401)
  expect((await send(new Date(), 'text/plain')).status).toBe(415)
  expect(await site.database.owner('inbound_events').select('body')).toEqual([{ body: event }])
  expect(await (await call('GET', '/api/v1/event-sources')).json()).toMatchObject({ items: [{ id, source }], next: null })
  expect((await call('DELETE', `/api/v1/event-sources/${id}`)).status).toBe(204)
  expect((await send(new Date(), 'application/json')).status).toBe(401)
  expect(site.log()).not.toContain(secret)
  expect(site.log()).not.toMatch(/"level":50/)
})
