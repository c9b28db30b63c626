import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'vitest'
import { rawRequest, type RawRequest } from '#tests/support/raw-request.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ env: { TRUST_PROXY: 'true', LOG_LEVEL: 'info' } })

/** What every answer carries whoever asks; scripts run in pages by nonce, and in what a program gets not at all. */
const POLICY = "default-src 'self';script-src SCRIPTS;style-src 'self';connect-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'"
const COMMON = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}
const CALL = { method: 'POST', path: '/api/v1/guard/decisions' }
const CALLS: (RawRequest & { name: string; status: number })[] = [
  { name: 'a call', status: 401, ...CALL, headers: { 'content-type': 'application/json' }, body: '{}' },
  { name: 'a call that is read', status: 200, method: 'GET', path: '/api/v1/catalogue?limit=1' },
  { name: 'a head', status: 200, method: 'HEAD', path: '/api/v1/catalogue?limit=1' },
  { name: 'what the lane turns away', status: 411, ...CALL, headers: { 'transfer-encoding': 'chunked' } },
  { name: 'a method that nobody knows', status: 405, method: 'PATCH', path: CALL.path },
  { name: 'a question for options', status: 405, method: 'OPTIONS', path: CALL.path },
  { name: 'a call that is nowhere', status: 404, method: 'DELETE', path: '/api/v1/nowhere' },
  { name: 'a call in capitals, which Express and Remix answer', status: 200, method: 'GET', path: '/API/v1/catalogue?limit=1' },
  { name: 'a page', status: 200, method: 'GET', path: '/about' },
]

test.for(CALLS)('$name carries what every answer carries, its own trace, and one line in the log', async ({ name, status, ...sent }, { site }) => {
  const traceId = randomBytes(16).toString('hex')
  const headers = { ...sent.headers, traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
  const answer = await rawRequest(site.address, { ...sent, headers })
  expect([answer.status, answer.headers['x-trace-id']]).toEqual([status, traceId])
  const policy = String(answer.headers['content-security-policy']).replace(/'nonce-[\w+/]{22}==' 'strict-dynamic'|'none'(?=;style)/, 'SCRIPTS')
  expect({ ...answer.headers, 'content-security-policy': policy }, name).toMatchObject(COMMON)
  expect(answer.headers['x-powered-by']).toBeUndefined()
  expect(answer.headers['content-length'] ?? answer.headers['transfer-encoding']).toBeDefined()
  await expect.poll(() => linesOf(site.log(), traceId)).toEqual([{ method: sent.method, path: sent.path.split('?')[0], status, msg: 'answered' }])
})

test('programs and pages are counted alike', async ({ site }) => {
  const counted = async () => Number(/mingdan_http_request_seconds_count\{method="DELETE",status="4xx"\} (\d+)/.exec((await rawRequest(site.address, { method: 'GET', path: '/metrics' })).body)?.[1] ?? 0)
  const before = await counted()
  for (const path of ['/api/v1/nowhere', '/about']) await rawRequest(site.address, { method: 'DELETE', path })
  await expect.poll(counted).toBeGreaterThan(before)
})

test('behind a proxy its own word counts for where a program calls from, and nothing that stands before it', async ({ site }) => {
  const ask = (forwarded: string) => rawRequest(site.address, { method: 'POST', path: '/oauth/token', headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${btoa('nobody:x')}`, 'x-forwarded-for': forwarded }, body: 'grant_type=client_credentials' })
  for (let number = 0; number < 30; number++) await ask(`198.51.100.${number}, 203.0.113.7`)
  const [tooOften, elsewhere] = [await ask('198.51.100.99, 203.0.113.7'), await ask('203.0.113.7, 192.0.2.44')]
  expect([tooOften.status, elsewhere.status]).toEqual([429, 401])
  // What the house refuses is a problem here too, as the document says; what OAuth refuses has OAuth's shape.
  expect([tooOften.headers['content-type'], elsewhere.headers['content-type']]).toEqual(['application/problem+json; charset=utf-8', 'application/json; charset=utf-8'])
  expect(Number(tooOften.headers['retry-after'])).toBeGreaterThanOrEqual(60)
})

test('a caller who hangs up in the middle of a body leaves no error behind', async ({ site }) => {
  const before = site.log()
  const { hostname, port } = new URL(site.address)
  const socket = connect(Number(port), hostname)
  socket.write(`POST ${CALL.path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{`, () => socket.destroy())
  await once(socket, 'close')
  expect((await rawRequest(site.address, { method: 'GET', path: '/api/versions' })).status).toBe(200)
  expect(site.log().slice(before.length)).not.toMatch(/"level":[56]0|Error/)
})

function linesOf(log: string, traceId: string): object[] {
  const lines = log.split('\n').filter((line) => line.includes(traceId) && line.startsWith('{'))
  return lines.map((line) => {
    const { method, path, status, msg } = JSON.parse(line) as Record<string, unknown>
    return { method, path, status, msg }
  })
}
