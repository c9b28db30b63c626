import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, inject } from 'vitest'
import { VERSION } from '#app/config.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ demo: true, env: { SECURITY_CONTACT: 'security@city.example' } })

const JSON_TYPE = { 'Content-Type': 'application/json' }

test('one trace id runs from the request through log, audit, ledger and outbox', async ({ site }) => {
  const { id, secret, authority } = site.demo!.apiClient
  const program = site.visitor()
  const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  const token = await program.send('/oauth/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }), headers: { Authorization: basic } })
  const traceId = randomBytes(16).toString('hex')
  const demand = { authority, approvalItem: 'A01', demanded: { text: '林木采伐作业设计' }, demandedOn: dayOf(new Date()) }
  const answer = await program.send('/api/v1/guard/decisions', {
    method: 'POST',
    body: JSON.stringify(demand),
    headers: { ...JSON_TYPE, Authorization: `Bearer ${JSON.parse(token.text).access_token}`, 'Idempotency-Key': '"trace"', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  })
  expect(answer.status, answer.text).toBe(201)
  expect(answer.headers.get('x-trace-id')).toBe(traceId)
  for (const table of ['audits', 'ledger_entries', 'outbox']) {
    expect(await site.database.owner(table).where({ trace_id: traceId }).count(), table).toEqual([{ count: 1 }])
  }
  expect(site.log()).toContain(`"traceId":"${traceId}"`)
})

test('the page about this ends with whom to tell of a flaw, and in which version', async ({ site }) => {
  const { text } = await site.visitor().get('/about')
  const said = text.slice(text.indexOf('<main'), text.indexOf('</main>')).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').trim()
  expect(said).toMatch(new RegExp(`安全联系方式：security@city.example 版本 ${VERSION.replaceAll('.', '\\.')}$`))
})

test('support looks up whatever somebody reads to them, without a script, and odd numbers break nothing', async ({ site }) => {
  const operator = site.visitor()
  await operator.signIn('operator', site.demo!.accounts[0]!.signIn.password)
  expect((await operator.get('/operator/find')).text).toContain('可以查的编号')
  const { trace_id: traceId, subject, id } = await site.database.owner('ledger_entries').where({ kind: 'demand.decided' }).orWhere({ kind: 'guard.decided' }).first()
  const { text } = await operator.get(`/operator/find?number=${traceId}`)
  expect(text).toContain(`/ledger/entries/${id}`)
  expect((await operator.get(`/operator/find?number=${encodeURIComponent(`　${subject.toUpperCase()} `)}`)).text).toContain('清单核验意见')
  for (const odd of ['%E2%80%8B%EF%BB%BF', "'%20or%201=1--", '9'.repeat(50), '%F0%9F%92%A9', 'x'.repeat(5000)]) {
    const answer = await operator.get(`/operator/find?number=${odd}`)
    expect([answer.status, answer.text.includes('没有查到') || answer.text.includes('可以查的编号')], odd).toEqual([200, true])
  }
  expect((await site.visitor().send('/operator/find', {})).location).toContain('/sign-in')
})

test('a form from a foreign page is refused with a page that says so, and writes nothing', async ({ site }) => {
  const { status, text } = await site.visitor().post('/sign-in', { signInName: 'owner', password: 'x' }, { Origin: 'https://evil.example' })
  expect(status).toBe(403)
  expect(text).toContain('<html lang="zh-CN"')
  expect(text).toContain('明单')
})

test('a program that is turned away gets a problem in its language', async ({ site }) => {
  const answer = await site.visitor().send('/api/v1/guard/decisions', { method: 'PATCH', body: '{}', headers: { ...JSON_TYPE, 'Accept-Language': 'en' } })
  expect(answer.status).toBe(405)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.headers.get('content-language')).toBe('en')
  expect(answer.headers.get('allow')).toContain('POST')
})

test('a host that a proxy was told to forward is not believed', async ({ site }) => {
  const { status } = await site.visitor().post('/sign-in', { signInName: 'owner', password: 'x' }, { Origin: 'http://evil.example', 'X-Forwarded-Host': 'evil.example' })
  expect(status).toBe(403)
})

test('health, readiness and measurements answer whoever stands on the machine', async ({ site }) => {
  const visitor = site.visitor()
  expect((await visitor.send('/healthz', {})).text).toBe('ok')
  expect((await visitor.send('/readyz', {})).text).toBe('ready')
  const measured = await visitor.send('/metrics', {})
  for (const name of ['mingdan_http_request_seconds_bucket', 'mingdan_database_connections', 'mingdan_ledger_unsequenced_seconds', 'mingdan_ledger_waiting_entries', 'mingdan_outbox_waiting_events{reader="inbox"}', 'mingdan_outbox_lag_seconds{reader="search"}']) expect(measured.text).toContain(name)
  expect((await visitor.send('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status).toBe(404)
})

test('while the database is away pages and programs are told to come again, and the web is there when it is back', async ({ site }) => {
  const { name } = site.database
  const superuser = new pg.Client({ connectionString: inject('cluster').superUrl.replace(/DATABASE$/, 'postgres') })
  await superuser.connect()
  try {
    await superuser.query(`alter database ${name} connection limit 0`)
    await superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    const visitor = site.visitor()
    for (const path of ['/', '/tenders', '/sign-in']) {
      const { status, text, headers } = await visitor.send(path, {})
      expect([path, status, headers.get('retry-after')]).toEqual([path, 503, '10'])
      expect(text).toContain('暂时不能服务')
    }
    const list = await visitor.send('/api/v1/catalogue', {})
    expect([list.status, list.headers.get('content-type')]).toEqual([503, 'application/problem+json; charset=utf-8'])
    for (const path of ['/ledger/checkpoint', '/ledger/tile/0/000.p/1', '/ledger/tile/entries/000.p/1', `/ledger/payload/${'0'.repeat(64)}`]) {
      const { status, text, headers } = await visitor.send(path, {})
      expect([path, status, text, headers.get('retry-after'), headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([path, 503, '503\n', '10', 'no-store', '*'])
    }
    // The keys lie beside the web, not in the database: whoever checks a receipt goes on meanwhile.
    expect((await visitor.send('/.well-known/mingdan-keys.json', {})).status).toBe(200)
    expect((await visitor.send('/readyz', {})).status).toBe(503)
    expect((await visitor.send('/metrics', {})).status).toBe(503)
    expect((await visitor.send('/healthz', {})).status).toBe(200)
  } finally {
    await superuser.query(`alter database ${name} connection limit -1`)
    await superuser.end()
  }
  await expect.poll(async () => (await site.visitor().send('/', {})).status).toBe(200)
})
