import { expect } from 'vitest'
import type { ActionFunctionArgs } from '@remix-run/node'
import { vi } from 'vitest'
import type { Knex } from 'knex'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import { databaseClock } from '#db/client.ts'
import { test as base, testKeyring } from '#tests/support/database.ts'
import { authority, unique } from '#tests/support/factories.ts'
import * as decisions from '#app/routes/api/decisions.ts'
import * as decision from '#app/routes/api/decision.ts'
import * as token from '#app/routes/api/token.ts'
import * as validations from '#app/routes/api/validations.ts'

const house = vi.hoisted(() => ({ services: undefined as unknown }))
vi.mock('#app/http/services.server.ts', () => ({ theServices: () => house.services }))

const HOST = 'http://127.0.0.1'
const arrived = (request: Request, params = {}) => ({ request, params, context: { traceId: 't'.repeat(32), ip: '127.0.0.9' } }) as unknown as ActionFunctionArgs

type Caller = { id: string; secret: string; officer: Member; bearer: (scope?: string) => Promise<string> }

const test = base.extend('house', ({ db }) => {
  house.services = { db, clock: databaseClock, keyring: testKeyring(), log: { error: (fault: unknown) => void faults.push(fault) } }
  return {
    async caller(owner: Knex, scopes?: Scope[]): Promise<Caller> {
      const officer = await authority(owner)
      const [id, secret] = [unique('client'), unique('secret')]
      await makeApiClient({ db, clock: databaseClock }, { id, secret, name: id, organisationId: officer.organisationId, scopes })
      const bearer = async (scope?: string) => `Bearer ${(await (await askToken({ id, secret, scope })).json()).access_token}`
      return { id, secret, officer, bearer }
    },
  }
})
const faults: unknown[] = []

function askToken({ id, secret, scope, grant = 'client_credentials', headers = {} }: { id: string; secret: string; scope?: string; grant?: string; headers?: Record<string, string> }) {
  const body = new URLSearchParams({ grant_type: grant, ...(scope !== undefined && { scope }) })
  const authorization = `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`
  return token.action(arrived(new Request(`${HOST}/oauth/token`, { method: 'POST', body, headers: { authorization, ...headers } })))
}

const aBody = (officer: Member, more: object = {}) => ({ caseNumber: 'AJ-9', projectCode: '2020-451421-88-03-016343', authority: officer.uscc, approvalItem: 'A03', demanded: { item: 'NOWHERE-1' }, commissioner: 'applicant', namedAgency: null, demandedOn: '2026-11-20', ...more })

function post(url: string, body: unknown, headers: Record<string, string>) {
  return new Request(`${HOST}${url}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })
}
const decideBy = (body: unknown, headers: Record<string, string>) => decisions.action(arrived(post('/api/v1/guard/decisions', body, headers)))

test('a case system takes a token by HTTP Basic and gets a decision in the names of the contract', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const response = await decideBy(aBody(officer), { authorization: await bearer(), 'idempotency-key': '"k-1"' })
  expect(response.status).toBe(201)
  expect(response.headers.get('content-type')).toMatch('application/json')
  const body = await response.json()
  expect(response.headers.get('location')).toBe(`/api/v1/guard/decisions/${body.id}`)
  expect(body).toMatchObject({
    verdict: 'refused', material: 'may-not-be-required', commissioning: 'may-not-be-required', reasons: [{ code: 'off-list', text: expect.stringContaining('清单') }], alternatives: ['self-prepare'], listing: null, nearest: expect.any(Array),
    catalogueVersion: expect.any(Number), ledger: { entry: expect.any(String), leafHash: expect.stringMatching(/^[0-9a-f]{64}$/), index: null, checkpoint: null, promisedBy: expect.any(String) },
    signature: { alg: 'Ed25519', keyId: expect.any(String), value: expect.any(String) }, decidedAt: expect.any(String),
  })
})

test('the answer comes in English where English is asked for', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const response = await decideBy(aBody(officer), { authorization: await bearer(), 'idempotency-key': 'k-en', 'accept-language': 'en' })
  expect((await response.json()).reasons[0]).toMatchObject({ text: expect.stringContaining('not on the list'), source: expect.stringContaining('article 43') })
})

test('a token says what it may do and for how long, in the shape of RFC 6749', async ({ house, database }) => {
  const { id, secret } = await house.caller(database.owner)
  const response = await askToken({ id, secret, scope: 'guard:decide guard:read' })
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 600, scope: 'guard:decide guard:read' })
})

test.for<[string, (caller: Caller) => Promise<Response> | Response, number, string]>([
  ['a wrong secret', ({ id }) => askToken({ id, secret: 'wrong' }), 401, 'invalid_client'],
  ['an unknown client', () => askToken({ id: 'nobody', secret: 'x' }), 401, 'invalid_client'],
  ['no credentials', () => askToken({ id: '', secret: '', headers: { authorization: 'Bearer x' } }), 401, 'invalid_client'],
  ['a scope it does not have', ({ id, secret }) => askToken({ id, secret, scope: 'see:everything' }), 400, 'invalid_scope'],
  ['another grant', ({ id, secret }) => askToken({ id, secret, grant: 'password' }), 400, 'unsupported_grant_type'],
  ['a body that is no form', ({ id, secret }) => askToken({ id, secret, headers: { 'content-type': 'application/json' } }), 400, 'invalid_request'],
])('the token endpoint names %s as RFC 6749 does', async ([, ask, status, error], { house, database }) => {
  const response = await ask(await house.caller(database.owner))
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error })
  if (status === 401) expect(response.headers.get('www-authenticate')).toMatch(/^Basic /)
})

test('a revoked client gets no more tokens', async ({ house, database }) => {
  const { id, secret } = await house.caller(database.owner)
  expect((await askToken({ id, secret })).status).toBe(200)
  await database.owner('api_clients').where({ id }).update({ revoked_at: new Date() })
  expect((await askToken({ id, secret })).status).toBe(401)
})

type Odd = { body?: (body: object) => unknown; headers?: Record<string, string>; method?: string }
test.for<[string, Odd, number, { pointer?: string; code?: string; header?: [string, RegExp] }]>([
  ['no token', { headers: { authorization: '' } }, 401, { header: ['www-authenticate', /^Bearer realm="mingdan"$/] }],
  ['a token of nobody', { headers: { authorization: 'Bearer abc.def.ghi' } }, 401, { header: ['www-authenticate', /invalid_token/] }],
  ['a GET', { method: 'GET' }, 405, { header: ['allow', /^POST$/] }],
  ['a PUT', { method: 'PUT' }, 405, { header: ['allow', /^POST$/] }],
  ['no Idempotency-Key', { headers: { 'idempotency-key': '' } }, 400, {}],
  ['an Idempotency-Key that is no string', { headers: { 'idempotency-key': '"open' } }, 400, {}],
  ['a form instead of JSON', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, {}],
  ['more than a megabyte', { body: () => `{"caseNumber":"${'x'.repeat(1024 * 1024)}"}` }, 413, {}],
  ['broken JSON', { body: () => '{"caseNumber":' }, 400, {}],
  ['a list instead of an object', { body: () => [] }, 400, {}],
  ['JSON nested without end', { body: () => `{"facts":${'['.repeat(200)}${']'.repeat(200)}}` }, 400, {}],
  ['a field that does not exist', { body: (body) => ({ ...body, vendor: 1 }) }, 422, { pointer: '/vendor', code: 'guard.unknown-field' }],
  ['a fact that does not exist', { body: (body) => ({ ...body, facts: { 'site.moon': true } }) }, 422, { pointer: '/facts/site.moon', code: 'guard.unknown-field' }],
  ['a fact of the wrong kind', { body: (body) => ({ ...body, facts: { 'site.hazardZone': 'yes' } }) }, 422, { pointer: '/facts/site.hazardZone' }],
  ['no authority', { body: ({ authority: _, ...body }: { authority?: string }) => body }, 422, { pointer: '/authority', code: 'guard.required' }],
  ['two things demanded at once', { body: (body) => ({ ...body, demanded: { item: 'R04', text: '环评' } }) }, 422, { pointer: '/demanded', code: 'guard.demanded' }],
  ['nothing demanded', { body: (body) => ({ ...body, demanded: {} }) }, 422, { pointer: '/demanded', code: 'guard.demanded' }],
  ['a day that does not exist', { body: (body) => ({ ...body, demandedOn: '2026-02-30' }) }, 422, { pointer: '/demandedOn', code: 'guard.day' }],
  ['a day that has not come', { body: (body) => ({ ...body, demandedOn: '2999-01-01' }) }, 422, { pointer: '/demandedOn', code: 'guard.day-ahead' }],
  ['a project code that is none', { body: (body) => ({ ...body, projectCode: '2020-45-1' }) }, 422, { pointer: '/projectCode' }],
  ['a commissioner that is none', { body: (body) => ({ ...body, commissioner: 'mayor' }) }, 422, { pointer: '/commissioner', code: 'guard.commissioner' }],
  ["another authority's name", { body: (body) => ({ ...body, authority: '91220100MADEM0011X' }) }, 403, { pointer: '/authority', code: 'guard.not-your-authority' }],
])('the API answers %s with a problem that says what to do', async ([, odd, status, { pointer, code, header }], { house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const headers = { authorization: await bearer(), 'idempotency-key': unique('key'), 'content-type': 'application/json', ...odd.headers }
  for (const [name, value] of Object.entries(headers)) if (value === '') delete (headers as Record<string, string>)[name]
  const text = odd.body ? odd.body(aBody(officer)) : aBody(officer)
  const body = typeof text === 'string' ? text : JSON.stringify(text)
  const method = odd.method ?? 'POST'
  const request = new Request(`${HOST}/api/v1/guard/decisions`, { method, headers, ...(method !== 'GET' && { body }) })
  const response = await (method === 'GET' ? decisions.loader : decisions.action)(arrived(request))
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toMatch('application/problem+json')
  const problem = await response.json()
  expect(problem).toMatchObject({ type: expect.any(String), title: expect.any(String), status, detail: expect.any(String) })
  expect(problem.detail).not.toMatch(/^[a-z]+\./)
  if (pointer) expect(problem.errors[0]).toMatchObject({ pointer, ...(code && { code }), detail: expect.not.stringMatching(/^[a-z]+\.[a-z-]+$/) })
  if (header) expect(response.headers.get(header[0])).toMatch(header[1])
  expect(faults).toEqual([])
})

test('a token without the scope is told which one is missing', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const response = await decideBy(aBody(officer), { authorization: await bearer('guard:read'), 'idempotency-key': 'k-scope' })
  expect(response.status).toBe(403)
  expect(response.headers.get('www-authenticate')).toMatch(/insufficient_scope.*guard:decide/)
})

test('a repeated request gets the first answer with its status; the same key with another body is refused', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const authorization = await bearer()
  const ask = (more: object = {}) => decideBy(aBody(officer, more), { authorization, 'idempotency-key': 'k-replay' })
  const first = await (await ask()).text()
  const again = await ask()
  expect([again.status, again.headers.get('idempotency-replayed'), await again.text()]).toEqual([201, 'true', first])
  const other = await ask({ caseNumber: 'AJ-10' })
  expect(other.status).toBe(422)
  expect(await other.json()).toMatchObject({ errors: [{ code: 'guard.other-request' }] })
})

test('a refusal is kept under its key too, and 403 is not', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const authorization = await bearer()
  const ask = (more: object, key: string) => decideBy(aBody(officer, more), { authorization, 'idempotency-key': key })
  const first = await ask({ demandedOn: '2026-02-30' }, 'k-no')
  expect(first.status).toBe(422)
  expect(await (await ask({ demandedOn: '2026-02-30' }, 'k-no')).text()).toBe(await first.text())
  expect((await ask({}, 'k-no')).status).toBe(422)
  expect((await ask({ authority: '91220100MADEM0011X' }, 'k-403')).status).toBe(403)
  expect((await ask({}, 'k-403')).status).toBe(201)
})

test('twenty identical requests at once record one demand', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const headers = { authorization: await bearer(), 'idempotency-key': 'k-storm' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => decideBy(aBody(officer), headers)))
  const bodies = new Set<string>()
  for (const answer of answers) {
    expect([201, 409]).toContain(answer.status)
    if (answer.status === 201) bodies.add(await answer.text())
  }
  expect(bodies.size).toBe(1)
  expect(await database.owner('guard_decisions').where({ authority_id: officer.organisationId })).toHaveLength(1)
})

test('an authority reads its own decisions; to another they do not exist', async ({ house, database }) => {
  const [mine, other] = [await house.caller(database.owner), await house.caller(database.owner)]
  const { id } = await (await decideBy(aBody(mine.officer), { authorization: await mine.bearer(), 'idempotency-key': 'k-own' })).json()
  const read = async (caller: Caller, which: string) => decision.loader(arrived(new Request(`${HOST}/api/v1/guard/decisions/${which}`, { headers: { authorization: await caller.bearer() } }), { id: which }))
  const own = await read(mine, id)
  expect(own.status).toBe(200)
  expect(await own.json()).toMatchObject({ id, demand: { caseNumber: 'AJ-9' }, ledger: { index: null, checkpoint: null, proof: null } })
  for (const response of [await read(other, id), await read(mine, 'no-such'), await read(mine, '00000000-0000-4000-8000-000000000000')]) {
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ errors: [{ code: 'guard.no-such-decision' }] })
  }
})

test('a validation runs every rule, says how each ended, and records nothing', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const response = await validations.action(arrived(post('/api/v1/guard/validations', aBody(officer), { authorization: await bearer() })))
  expect(response.status).toBe(200)
  const body = await response.json()
  expect(body).toMatchObject({ verdict: 'refused', recorded: false, reasons: [{ code: 'off-list' }] })
  expect(body.rules).toHaveLength(17)
  expect(body.rules).toContainEqual({ code: 'off-list', result: 'against' })
  expect(body.rules).toContainEqual({ code: 'voluntary-only', result: 'not-run' })
  expect(await database.owner('guard_decisions').where({ authority_id: officer.organisationId })).toHaveLength(0)
})

test('a NUL or a broken sign in a text is a text, never a fault', async ({ house, database }) => {
  const { officer, bearer } = await house.caller(database.owner)
  const headers = { authorization: await bearer() }
  for (const caseNumber of ['a\u0000b', '\ud800', '😀']) {
    const response = await decideBy(aBody(officer, { caseNumber, demanded: { text: `环评${caseNumber}` } }), { ...headers, 'idempotency-key': unique('odd') })
    expect(response.status).toBe(201)
  }
})
