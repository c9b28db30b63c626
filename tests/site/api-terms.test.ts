import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { each, lacks, problemOf, send } from '#tests/support/api-checks.ts'
import { makeProjectCode } from '#tests/support/factories.ts'
import { test, walk, type Walked } from '#tests/support/api-stage.ts'
import { rawRequest } from '#tests/support/raw-request.ts'

test('what no door is opened for says why, in both languages, and the document names it', async ({ site, document }) => {
  const spoilt = [
    { status: 411, code: 'api.length-needed', says: /Content-Length/, more: '', sent: { headers: { 'transfer-encoding': 'chunked' } } },
    { status: 413, code: 'guard.too-large', says: /1 MB/, more: '', sent: { body: 'x'.repeat(1_100_000) } },
    { status: 414, code: 'api.address-too-long', says: /8192/, more: `?x=${'x'.repeat(8200)}`, sent: {} },
  ]
  await each(walk(document), async ({ method, path, operation }) => {
    const fitting = spoilt.filter(({ status }) => method !== 'GET' || status === 414)
    return Promise.all(fitting.map(async ({ status, code, says, more, sent }) => {
      const ask = (language: string) => rawRequest(site.address, { method, path: path.replace(/[{}]/g, '') + more, ...sent, headers: { ...sent.headers, 'accept-language': language } })
      const answers = [await ask('zh'), await ask('en')]
      const texts = answers.map((answer) => `${problemOf(answer).title} ${problemOf(answer).detail}`)
      const isSaid = texts.every((text) => says.test(text)) && texts.map((text) => /\p{Script=Han}/u.test(text)).join() === 'true,false'
      return lacks(answers[0]!, status, { code }) ?? (isSaid && operation.responses[status] ? null : `${status} says ${texts}, documented: ${Boolean(operation.responses[status])}`)
    }))
  })
})

test('a query that is not understood is refused at its name, and so is one said twice: a paging program stands still rather than begin again', async ({ site, document, mine }) => {
  // OAuth has rules of its own for what a token is asked for by.
  const calls = walk(document).filter(({ path }) => path !== '/oauth/token')
  const plain = ({ path, row }: Walked) => path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(row.fill!(mine.ids)[name]!))
  const open = await rawRequest(site.address, { method: 'GET', path: '/api/openapi.json?vendor=1' })
  expect(lacks(open, 400, { pointer: /^\/vendor$/, code: 'guard.unknown-field' })).toBeNull()
  await each(calls, async (call) => {
    const ask = (query: string) => send(site, call, mine, { path: `${plain(call)}?${query}` })
    const known = call.operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
    return Promise.all([
      ask('vendor=1').then((answer) => lacks(answer, 400, { pointer: /^\/vendor$/, code: 'guard.unknown-field' })),
      ...known.map((name) => ask(`${name}=1&${name}=2`).then((answer) => lacks(answer, 400, { pointer: new RegExp(`^/${name}$`), code: 'api.said-twice' }))),
      ...known.filter((name) => ['before', 'after', 'limit', 'on'].includes(name)).flatMap((name) => ['abc%21', '-1'].map((value) => ask(`${name}=${value}`).then((answer) => lacks(answer, 400, { pointer: new RegExp(`^/${name}$`) })))),
      ...known.map((name) => ask(`${name}=`).then(({ status }) => (status === 200 ? null : `refuses ${name}= with ${status}`))),
    ])
  })
  // People who mend an address by hand get the page that they can still have.
  expect((await site.visitor().get('/catalogue?vendor=1&after=%21')).status).toBe(200)
})

test('every answer below /api/v1 says its version, and no title speaks of pages', async ({ site }) => {
  for (const [method, path, status] of [['GET', '/api/v1/nowhere', 404], ['PATCH', '/api/v1/nowhere', 404], ['GET', '/api/v1/catalogue?limit=0', 400], ['GET', '/api/v1/cases', 401], ['GET', '/api/v1/%zz', 400], ['POST', '/api/v1/catalogue', 405]] as const) {
    const answer = await rawRequest(site.address, { method, path, headers: { 'accept-language': 'en' } })
    expect([path, answer.status, answer.headers['api-version']]).toEqual([path, status, expect.stringMatching(/^\d+\.\d+$/)])
    expect(problemOf(answer).title).not.toMatch(/page|sign in/i)
  }
})

const ENDING = ['DELETE /api/v1/webhooks/{id}', 'DELETE /api/v1/event-sources/{id}']
const CONDITIONAL = ['PUT /api/v1/projects/{projectCode}', 'PUT /api/v1/cases/{caseNumber}']

test('a write that depends on what stands there is made while that holds, else it is 412 and writes nothing', async ({ site, document, mine }) => {
  const calls = walk(document).filter(({ operation }) => operation.parameters.some(({ name }) => name === 'If-Match'))
  expect(calls.map(({ name }) => name)).toEqual([...CONDITIONAL, ...ENDING])
  const count = async () => Number((await site.database.owner('ledger_entries').count<{ count: string }[]>())[0]!.count)
  await each(calls.filter(({ method }) => method === 'PUT'), async (call) => {
    const path = call.path.replace(/\{\w+\}/, call.path.includes('cases') ? `AJ-${randomUUID().slice(0, 8)}` : makeProjectCode())
    // Facts in an order that a database does not keep.
    const plain = { ...call.row.body!(mine.ids), ...(call.path.includes('projects') && { facts: { 'site.hazardZone': false, 'site.park': '某园区', 'site.hilly': true } }) }
    const bodyOf = (turn: number) => JSON.stringify({ ...plain, flowType: turn % 2 ? 'private-general' : 'industrial' })
    const put = (turn: number, headers: Record<string, string>, key?: string) => send(site, call, mine, { path, body: bodyOf(turn), headers, ...(key && { key }) })
    const faults: (string | null)[] = []
    const refused = async (turn: number, headers: Record<string, string>) => {
      const before = await count()
      faults.push(lacks(await put(turn, headers), 412, { code: 'cases.changed-since' }), (await count()) === before ? null : `${JSON.stringify(headers)} has written`)
    }
    const written = async (turn: number, headers: Record<string, string>, status = 200) => {
      const answer = await put(turn, headers)
      if (answer.status !== status || !answer.headers.etag) faults.push(`${JSON.stringify(headers)}: ${answer.status}, ${answer.headers.etag}: ${answer.body}`)
      return answer.headers.etag!
    }
    await refused(0, { 'if-match': '*' })
    await refused(0, { 'if-match': '"stale"' })
    const first = await written(0, { 'if-none-match': '*' }, 201)
    await refused(1, { 'if-none-match': '*' })
    await refused(1, { 'if-match': '"stale"' })
    await refused(1, { 'if-match': `W/${first}` })
    await refused(1, { 'if-none-match': first })
    await refused(1, { 'if-match': first, 'if-none-match': first })
    const second = await written(1, { 'if-match': `"other", ${first}`, 'if-none-match': '"other"' })
    if (second === first) faults.push('the tag does not change')
    await refused(2, { 'if-match': first })
    if ((await written(1, { 'if-match': second })) !== second) faults.push('what does not change has another tag')
    if (call.path.includes('cases')) expect((await send(site, { ...call, method: 'GET' }, mine, { path, method: 'GET', body: undefined })).headers.etag).toBe(second)
    // Of two who have read the same, one writes.
    const both = await Promise.all([2, 4].map((turn) => put(turn, { 'if-match': second })))
    if (both.map(({ status }) => status).sort().join() !== '200,412') faults.push(`two at once: ${both.map(({ status }) => status)}`)
    // Under its key a write is answered as the first time, though what it depended on is gone; a 412 is not kept, and its key may come again.
    const standing = both.find(({ status }) => status === 200)!.headers.etag!
    const [key, other] = [`"${randomUUID()}"`, `"${randomUUID()}"`]
    const [done, again] = [await put(3, { 'if-match': standing }, key), await put(3, { 'if-match': standing }, key)]
    if (done.status !== 200 || again.body !== done.body || again.headers['idempotency-replayed'] !== 'true' || again.headers.etag !== done.headers.etag) faults.push(`again ${again.status} ${again.body}`)
    const turns = [await put(2, { 'if-match': standing }, other), await put(2, { 'if-match': done.headers.etag! }, other)]
    return [...faults, turns.map(({ status }) => status).join() === '412,200' ? null : `under one key ${turns.map(({ status }) => status)}`]
  })
})

test('what is ended on a condition is ended while that holds, else it is 412 and stands', async ({ site, document, mine }) => {
  const calls = walk(document)
  const named = (name: string) => calls.find((call) => call.name === name)!
  await each(calls.filter(({ name }) => ENDING.includes(name)), async (call) => {
    const list = call.path.replace('/{id}', '')
    const made = await send(site, named(`POST ${list}`), mine)
    const { id } = JSON.parse(made.body) as { id: string }
    const path = `${list}/${id}`
    const known = call.path.includes('webhooks') ? (await send(site, named('GET /api/v1/webhooks/{id}'), mine, { path })).headers.etag : made.headers.etag
    const end = (headers: Record<string, string>) => send(site, call, mine, { path, headers })
    const stands = async () => (JSON.parse((await send(site, named(`GET ${list}`), mine)).body) as { items: { id: string }[] }).items.some((one) => one.id === id)
    const refused = []
    for (const headers of [{ 'if-match': '"stale"' }, { 'if-match': `W/${known}` }, { 'if-none-match': '*' }] as Record<string, string>[]) refused.push(lacks(await end(headers), 412, { code: 'cases.changed-since' }), (await stands()) ? null : `${JSON.stringify(headers)} has ended it`)
    const { status } = await end({ 'if-match': known! })
    return [...refused, status === 204 && !(await stands()) ? null : `${status} for ${known}`]
  })
})
