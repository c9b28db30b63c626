import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import { API_SCOPES } from '#app/domain/accounts/api-client.ts'
import { SHAPES, CALLS } from '#app/http/openapi/calls.ts'
import { each, lacks, problemOf, send } from '#tests/support/api-checks.ts'
import { API_ROWS, callRow } from '#tests/support/api-rows.ts'
import { documentOf, fieldsIn, test, walk, type Walked } from '#tests/support/api-stage.ts'
import type { RawAnswer } from '#tests/support/raw-request.ts'
import { routePatterns } from '#tests/support/route-patterns.ts'

test('every call has its row and its route, and no row or route stands for nothing', ({ document }) => {
  const named = walk(document).map(({ name }) => name).sort()
  expect(Object.keys(API_ROWS).sort()).toEqual(named)
  expect(CALLS.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(named)
  const routes = routePatterns().map(({ pattern }) => pattern).filter((pattern) => /^\/(api\/|oauth\/)/.test(pattern) && !['/api/openapi.json', '/api/*'].includes(pattern))
  const blank = (path: string) => path.replace(/:\w+|\{\w+\}/g, '_')
  expect([...new Set(named.map((name) => blank(name.split(' ')[1]!)))].sort()).toEqual(routes.map(blank).sort())
})

test('well made, every call answers as the document says, in its shape to the last field', async ({ site, document, mine }) => {
  await each(walk(document), async (call) => {
    const answer = await send(site, call, mine)
    const wanted = CALLS.find(({ method, path }) => `${method} ${path}` === call.name)!.answers[call.row.status]
    if (answer.status !== call.row.status) return `${answer.status} for ${call.row.status}: ${answer.body}`
    const { error } = wanted ? SHAPES[wanted].safeParse(JSON.parse(answer.body)) : {}
    return [error ? JSON.stringify(error.issues) : null, call.path.startsWith('/api/v1') && answer.headers['api-version'] !== document.info.version ? 'does not say its version' : null]
  })
})

test('a case whose limit reaches into years that nobody has announced names them', async ({ site, mine }) => {
  const put = API_ROWS['PUT /api/v1/cases/{caseNumber}']!
  const caseNumber = `AJ-${randomUUID().slice(0, 8)}`
  const row = { ...put, fill: () => ({ caseNumber }), body: () => ({ ...put.body!(mine.ids), statutoryDays: 3650, promisedDays: null }) }
  expect((await callRow(site, ['PUT', '/api/v1/cases/{caseNumber}'], row, mine)).status).toBe(201)
  const answer = await callRow(site, ['GET', '/api/v1/cases/{caseNumber}/services'], { ...API_ROWS['GET /api/v1/cases/{caseNumber}/services']!, fill: () => ({ caseNumber }) }, mine)
  expect(answer.status, answer.body).toBe(200)
  const { clock } = JSON.parse(answer.body) as { clock: { limits: { name: string; dueAt: string }[]; uncoveredYears: number[] } }
  const last = Number(clock.limits.find(({ name }) => name === 'authority-statutory')!.dueAt.slice(0, 4))
  expect(clock.uncoveredYears).toEqual(expect.arrayContaining([last - 2, last - 1]))
})

test('without a token 401, without the scope 403, each with what to bring', async ({ site, document, mine }) => {
  await each(walk(document).filter(({ scope }) => scope), async (call) => {
    const without = await send(site, call, mine, { headers: { authorization: '' } })
    const wrong = await send(site, call, mine, { headers: { authorization: 'Bearer abc.def.ghi' } })
    const others = API_SCOPES.filter((one) => one !== (call.scope as Scope))
    const scoped = await send(site, call, mine, { headers: { authorization: await mine.bearer(others) } })
    return [
      lacks(without, 401, { code: 'guard.token-needed' }) ?? (without.headers['www-authenticate'] === 'Bearer realm="mingdan"' ? null : `asks for ${without.headers['www-authenticate']}`),
      lacks(wrong, 401, { code: 'guard.bad-token' }) ?? (/invalid_token/.test(wrong.headers['www-authenticate'] ?? '') ? null : 'does not say invalid_token'),
      lacks(scoped, 403, { code: 'guard.scope-missing' }) ?? (scoped.headers['www-authenticate']?.includes(`error="insufficient_scope", scope="${call.scope}"`) ? null : `asks for ${scoped.headers['www-authenticate']}`),
    ]
  })
})

test('to another authority nothing of mine is there: on no path, in no list', async ({ site, document, mine, theirs }) => {
  await each(walk(document).filter(({ row }) => row.foreign === 'hidden'), async (call) => lacks(await send(site, call, theirs), 404))
  for (const path of ['/api/v1/cases', `/api/v1/cases?q=${mine.ids.caseNumber}`, `/api/v1/cases?q=${mine.ids.projectCode}`]) {
    const listed = await callRow(site, ['GET', '/api/v1/cases'], API_ROWS['GET /api/v1/cases']!, theirs, { path })
    expect(JSON.parse(listed.body), path).toEqual({ items: [], next: null })
  }
  // A case of the same number is another case.
  const own = walk(document).find(({ name }) => name === 'PUT /api/v1/cases/{caseNumber}')!
  const put = await callRow(site, ['PUT', own.path], { ...own.row, fill: () => ({ caseNumber: mine.ids.caseNumber }) }, theirs)
  expect(put.status).toBe(201)
  expect(await site.database.owner('cases').where({ number: mine.ids.caseNumber })).toHaveLength(2)
  // Nor may one authority speak for another.
  for (const path of ['/api/v1/guard/decisions', '/api/v1/guard/validations']) {
    const row = API_ROWS[`POST ${path}`]!
    expect(lacks(await callRow(site, ['POST', path], row, theirs, { body: JSON.stringify(row.body!(mine.ids)) }), 403, { pointer: /^\/authority$/ }), path).toBeNull()
  }
})

test('a case can be written back as it was read; what it says of itself otherwise is refused, and so is a field that nobody knows', async ({ site, document, mine }) => {
  const [get, put] = ['GET', 'PUT'].map((method) => walk(document).find(({ name }) => name === `${method} /api/v1/cases/{caseNumber}`)!) as [Walked, Walked]
  const read = JSON.parse((await send(site, get, mine)).body) as Record<string, unknown> & { materials: { guard: unknown }[] }
  expect(read.materials.map(({ guard }) => guard !== null)).toContain(true)
  const write = (body: Record<string, unknown>) => callRow(site, ['PUT', put.path], { ...put.row, fill: () => ({ caseNumber: mine.ids.caseNumber }), body: () => body }, mine)
  const again = await write(read)
  expect([again.status, JSON.parse(again.body)]).toEqual([200, read])
  expect(JSON.parse((await write({ ...read, states: undefined, materials: read.materials.map((one) => ({ ...one, guard: undefined })) })).body)).toMatchObject({ errors: [{ pointer: '/state' }] })
  for (const [pointer, otherwise] of Object.entries({ '/caseNumber': { caseNumber: 'AJ-OTHER' }, '/authority': { authority: '91220101MA0000000X' }, '/state': { state: 15 }, '/changed': { changed: 1 }, '/materials/0/answer': { materials: [{ ...read.materials[0], answer: null }] } })) {
    const { status, body } = await write({ ...read, ...otherwise })
    expect([status, (JSON.parse(body) as { errors: { pointer: string }[] }).errors.map((one) => one.pointer)]).toEqual([422, [pointer]])
  }
})

test('with another method 405, and Allow names what the address knows', async ({ site, document, mine }) => {
  await each(walk(document), async (call) => {
    const known = Object.keys(document.paths[call.path]!).map((verb) => verb.toUpperCase())
    const wrong = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].filter((method) => !known.includes(method))
    return Promise.all(wrong.map(async (method) => {
      const answer = await send(site, call, mine, { method, ...(method === 'GET' && { body: undefined }) })
      const allowed = (answer.headers.allow ?? '').split(', ').filter((one) => one !== 'HEAD').sort().join()
      return lacks(answer, 405, { code: 'guard.wrong-method' }) ?? (allowed === known.sort().join() ? null : `${method} is answered with Allow: ${answer.headers.allow}`)
    }))
  })
})

test('a body is refused for its form before its meaning: 413, 415, 400', async ({ site, document, mine }) => {
  await each(walk(document).filter(({ row }) => row.body), async (call) => [
    lacks(await send(site, call, mine, { body: `{"x":"${'x'.repeat(1024 * 1024)}"}` }), 413, { code: 'guard.too-large' }),
    lacks(await send(site, call, mine, { headers: { 'content-type': 'text/plain' } }), 415, { code: 'guard.not-json' }),
    lacks(await send(site, call, mine, { body: '{"name": ' }), 400, { code: 'guard.malformed-json' }),
    lacks(await send(site, call, mine, { body: '[]' }), 400, { code: 'guard.not-an-object' }),
    lacks(await send(site, call, mine, { body: `{"facts":${'['.repeat(60)}${']'.repeat(60)}}` }), 400, { code: 'guard.json-too-deep' }),
  ])
})

test('a field that does not exist, one that is missing and a text of a million signs are 422 at their pointers', async ({ site, document, mine }) => {
  await each(walk(document).filter(({ row }) => row.body), async (call) => {
    const body = call.row.body!(mine.ids)
    const unknown = await send(site, call, mine, { body: JSON.stringify({ ...body, 'vendor/x~y': 1 }) })
    const refused = lacks(unknown, 422, { pointer: /^\/vendor~1x~0y$/, code: call.row.open ? 'events.extension' : 'guard.unknown-field' })
    const { text } = call.row
    if (!text) return refused
    const long = structuredClone(body)
    const path = [...text]
    const last = path.pop()!
    const holder = path.reduce((at, name) => at[name] as Record<string, unknown>, long)
    holder[last] = '水'.repeat(100_000)
    const million = structuredClone(long)
    path.reduce((at, name) => at[name] as Record<string, unknown>, million)[last] = 'x'.repeat(1_000_000)
    const needed = Object.keys(body).filter((name) => schemaOf(document, call).required?.includes(name))
    return Promise.all([
      refused,
      send(site, call, mine, { body: JSON.stringify(long) }).then((answer) => lacks(answer, 422, { pointer: new RegExp(`^/${text[0]}`) })),
      send(site, call, mine, { body: JSON.stringify(million) }).then((answer) => lacks(answer, 422, { pointer: new RegExp(`^/${text[0]}`) })),
      ...needed.map((name) => send(site, call, mine, { body: JSON.stringify({ ...body, [name]: undefined }) }).then((answer) => lacks(answer, 422, { pointer: new RegExp(`^/${name}$`) }))),
    ])
  })
})

test('a writing call is done once for its key: without one 400, again the same answer, with another body 422', async ({ site, document, mine }) => {
  await each(walk(document).filter(({ once }) => once), async (call) => {
    const filled = call.row.fill?.(mine.ids) ?? {}
    const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(filled[name]!))
    const key = `"${randomUUID()}"`
    const body = call.row.body!(mine.ids)
    const same = { key, path, body: JSON.stringify(body) }
    const without = await send(site, call, mine, { key: null })
    const first = await send(site, call, mine, same)
    const again = await send(site, call, mine, same)
    const [top, inner] = [call.row.text?.[0] ?? 'nothing', call.row.text?.[1]]
    const other = await send(site, call, mine, { ...same, body: JSON.stringify({ ...body, [top]: inner ? { ...(body[top] as object), [inner]: '另一个名称' } : '另一个名称' }) })
    return [
      lacks(without, 400, { code: 'guard.idempotency-key' }),
      first.status === call.row.status && again.status === first.status && again.body === first.body && again.headers['idempotency-replayed'] === 'true' ? null : `${first.status}, again ${again.status} ${again.headers['idempotency-replayed']}`,
      lacks(other, 422, { code: 'guard.other-request' }),
    ]
  })
})

test('what has not changed is answered with 304', async ({ site, document, mine }) => {
  await each(walk(document).filter(({ operation }) => operation.responses['304']), async (call) => {
    const { headers: { etag } } = await send(site, call, mine)
    const again = await send(site, call, mine, { headers: { 'if-none-match': etag ?? 'none' } })
    const other = await send(site, call, mine, { headers: { 'if-none-match': '"something-else"' } })
    return etag && again.status === 304 && again.body === '' && other.status === 200 ? null : `${etag}, ${again.status}, ${other.status}`
  })
})

test('an older minor version is taken, one that is not served is told which are', async ({ site, document, mine }) => {
  const { items, current, oldest } = JSON.parse((await send(site, walk(document).find(({ path }) => path === '/api/versions')!, mine)).body) as { items: { version: string }[]; current: string; oldest: string }
  expect([current, oldest]).toEqual([document.info.version, items[0]!.version])
  await each(walk(document).filter(({ operation }) => operation.parameters.some(({ name }) => name === 'API-Version')), async (call) => [
    ...(await Promise.all(items.map(async ({ version }) => ((await send(site, call, mine, { headers: { 'api-version': version } })).status === call.row.status ? null : `refuses ${version}`)))),
    ...(await Promise.all(['0.9', '1.99', '2.0', 'x', '1.0.3', '1', '1.'].map(async (version) => lacks(await send(site, call, mine, { headers: { 'api-version': version } }), 400, { code: 'api.version-unsupported' })))),
  ])
})

test('problems come in the language asked for, and so does the document, every field of which is explained', async ({ site, document, mine }) => {
  await each(walk(document).filter(({ row }) => row.body), async (call) => {
    const [zh, en] = await Promise.all(['zh-CN', 'en'].map((language) => send(site, call, mine, { body: '{"vendor":1}', headers: { 'accept-language': language } })))
    const han = (answer: RawAnswer) => problemOf(answer).errors.map(({ detail }) => /\p{Script=Han}/u.test(detail))
    return zh!.headers['content-language'] === 'zh-CN' && en!.headers['content-language'] === 'en' && han(zh!).every(Boolean) && !han(en!).some(Boolean) ? null : `${zh!.body} ${en!.body}`
  })
  for (const locale of ['zh', 'en'] as const) {
    const shown = await documentOf(site, locale)
    expect(fieldsIn(shown).filter(({ schema }) => !schema.description).map(({ path }) => path), locale).toEqual([])
    expect(walk(shown).flatMap(({ operation }) => operation.parameters.filter(({ description }) => !description).map(({ name }) => name))).toEqual([])
    expect(/\p{Script=Han}/u.test(JSON.stringify(fieldsIn(shown).map(({ schema }) => schema.description)))).toBe(locale === 'zh')
  }
})

test('below /api a program that is lost gets a problem, and a person finds every call on one page', async ({ site, document }) => {
  const lost = await site.visitor().send('/api/v1/nowhere', {})
  expect([lost.status, lost.headers.get('content-type'), JSON.parse(lost.text).errors[0].code]).toEqual([404, 'application/problem+json; charset=utf-8', 'api.no-such-call'])
  const { text } = await site.visitor().get('/api')
  for (const { operation, method, path } of walk(document)) for (const said of [`id="${operation.operationId}"`, `${method} ${path}`, operation.summary]) expect(text).toContain(said)
  expect(text).not.toMatch(/(?:src|href)="https?:\/\/(?!127\.0\.0\.1)/)
})

function schemaOf({ components }: { components: Record<string, unknown> }, { operation }: Walked): { required?: string[] } {
  const { content } = operation.requestBody as { content: Record<string, { schema: { $ref: string } }> }
  return (components.schemas as Record<string, { required?: string[] }>)[Object.values(content)[0]!.schema.$ref.split('/').at(-1)!]!
}
