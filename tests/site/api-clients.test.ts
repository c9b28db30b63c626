import { expect } from 'vitest'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import { API_SCOPES } from '#app/domain/accounts/api-client.ts'
import { each, lacks, send } from '#tests/support/api-checks.ts'
import { test, walk } from '#tests/support/api-stage.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { cookieOf } from '#tests/support/world.ts'

const SECRET = /<code class="code">([\w-]{43})<\/code>/

test('a scope that was taken away and a client that was revoked are out at the next call with a token that still runs', async ({ site, world, document, mine }) => {
  const cookie = await cookieOf(site, world.people.operator)
  const act = (body: [string, string][]) => rawRequest(site.address, { method: 'POST', path: `/operator/clients/${mine.id}`, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: site.address }, body: new URLSearchParams(body).toString() })
  const token = await mine.bearer()
  const calls = walk(document).filter(({ scope }) => scope)
  const wellMade = { headers: { authorization: token } }
  await each(calls.filter(({ method }) => method === 'GET'), async (call) => ((await send(site, call, mine, wellMade)).status === 200 ? null : 'is refused before'))
  const kept: Scope[] = API_SCOPES.filter((scope) => scope !== 'case:read' && scope !== 'guard:decide')
  expect((await act([['act', 'narrow'], ['version', '1'], ...kept.map((scope): [string, string] => ['scopes', scope])])).status).toBe(302)
  await each(calls.filter(({ scope }) => scope === 'case:read' || scope === 'guard:decide'), async (call) => lacks(await send(site, call, mine, wellMade), 403, { code: 'guard.scope-missing' }))
  expect((await act([['act', 'revoke'], ['version', '1']])).status).toBe(409)
  expect((await act([['act', 'revoke'], ['version', '2']])).status).toBe(302)
  await each(calls, async (call) => {
    const answer = await send(site, call, mine, wellMade)
    return lacks(answer, 401, { code: 'guard.bad-token' }) ?? (/invalid_token/.test(answer.headers['www-authenticate'] ?? '') ? null : 'does not say invalid_token')
  })
  const asked = await rawRequest(site.address, { method: 'POST', path: '/oauth/token', headers: { authorization: `Basic ${Buffer.from(`${mine.id}:${mine.secret}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=client_credentials' })
  expect(asked.status).toBe(401)
})

test('the secret stands on the page that answers the form, which nobody may keep, and on no page after', async ({ site, world }) => {
  const cookie = await cookieOf(site, world.people.operator)
  const send = (path: string, body?: string) => rawRequest(site.address, { method: body ? 'POST' : 'GET', path, headers: { cookie, accept: 'text/html', origin: site.address, ...(body && { 'content-type': 'application/x-www-form-urlencoded' }) }, ...(body && { body }) })
  const made = await send('/operator/clients', new URLSearchParams([['authority', world.people.otherAuthority.organisationId], ['name', '林业审批系统'], ['scopes', 'case:read'], ['scopes', 'guard:decide']]).toString())
  const secret = SECRET.exec(made.body)![1]!
  const path = /\/operator\/clients\/([0-9a-f-]{36})/.exec(made.body)![0]
  expect(made.headers['cache-control']).toMatch(/no-store/)
  for (const page of [await send('/operator/clients'), await send(path)]) expect([page.status, page.body.includes(secret)]).toEqual([200, false])
  const rotated = await send(path, 'act=rotate&version=1&overlap=overlap')
  expect(SECRET.exec(rotated.body)![1]).not.toBe(secret)
  expect((await send(path)).body).not.toContain(SECRET.exec(rotated.body)![1])
  expect((await send(path, 'act=rotate&version=1&overlap=overlap')).status).toBe(409)
  expect(site.log()).not.toContain(secret)
})
