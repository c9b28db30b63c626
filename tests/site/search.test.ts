import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { test } from '#tests/support/world.ts'

test('every page has the box in its header, without any script', async ({ site, world }) => {
  for (const path of [paths.home(), paths.catalogue(), paths.tender(world.ids.tender), paths.signIn(), '/nowhere']) {
    const { text } = await site.visitor().get(path)
    expect(text, path).toMatch(/<header[\s\S]*<form method="get" action="\/search" role="search"[\s\S]*<input[^>]+name="q"[\s\S]*<\/header>/)
  }
})

test('an abbreviation finds what it stands for, says so and marks it', async ({ site }) => {
  const { status, text } = await site.visitor().get(paths.search({ q: '环评' }))
  expect(status).toBe(200)
  expect(text).toContain('环评 = 环境影响评价')
  expect(text).toContain('<mark>环境影响评价</mark>报告')
  expect(text).toContain('href="/catalogue/R36"')
})

test('each kind has a link with its count, its own filters and pages that end', async ({ site, world }) => {
  const all = (await site.visitor().get(paths.search({ q: '工程' }))).text
  expect(all).toMatch(/href="\/search\?q=%E5%B7%A5%E7%A8%8B&amp;kind=service">事项[^a-z]*<small>\d+/)
  const services = (await site.visitor().get(paths.search({ q: '工程', kind: 'service' }))).text
  expect(services).toContain('name="nature"')
  expect(services).toContain('name="category"')
  const next = /href="(\/search\?[^"]+page=2)"/.exec(services)![1]!.replaceAll('&amp;', '&')
  expect((await site.visitor().get(next)).text).toContain('回到第一页')
  expect((await site.visitor().get(`${next}0`)).text).toContain('这些条件下没有')
  const tender = (await site.visitor().get(paths.search({ q: '岩土', kind: 'tender' }))).text
  expect(tender).toContain(paths.tender(world.ids.tender))
  expect(tender).toContain('正在报名')
})

test('nothing found offers the guard and a way to browse; nothing asked is calm', async ({ site }) => {
  const none = (await site.visitor().get(paths.search({ q: '月球旅行签证' }))).text
  expect(none).toContain('没有找到')
  expect(none).toMatch(/href="\/ask\?service=/)
  expect((await site.visitor().get(paths.search())).text).toContain('按类别看事项')
  expect((await site.visitor().get('/search?q=%20')).text).toContain('请输入要找的文字或数字')
})

test('odd and endless questions get a sentence and never break a page', async ({ site }) => {
  for (const q of ['%', '_', '\\', "'", '"', '👷🏗️', '𠮷', ':*', '&|!', '<script>alert(1)</script>', '(((((']) {
    const { status, text } = await site.visitor().get(paths.search({ q }))
    expect([q, status]).toEqual([q, 200])
    expect(text).not.toContain('<script>alert')
    expect((await site.visitor().get(paths.suggest({ q }))).status).toBe(200)
  }
  const long = await site.visitor().get(paths.search({ q: '水土保持'.repeat(60) }))
  expect([long.status, long.text.includes('输入太长')]).toEqual([200, true])
  expect((await site.visitor().get('/search?q=%00')).status).toBe(400)
  expect((await site.visitor().get(`/search?q=${'x'.repeat(1_000_000)}`).catch(() => ({ status: 431 }))).status).toBeGreaterThanOrEqual(400)
  for (const query of ['kind=nowhere', 'page=0', 'page=1e9', 'kind=service&category=%27', 'kind=tender&state=draft', 'kind=__proto__', 'q=a&q=b']) expect((await site.visitor().get(`/search?q=工程&${query}`)).status, query).toBe(200)
})

test('suggestions are few, may be kept for a minute, lead somewhere, and are not given without end', async ({ site }) => {
  const ask = (q: string) => rawRequest(site.address, { method: 'GET', path: paths.suggest({ q }) })
  const { status, headers, body } = await ask('shuitu')
  expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=60'])
  const found = JSON.parse(body) as { kind: string; name: string; note: string; href: string }[]
  expect(found.length).toBeGreaterThan(1)
  expect(found.length).toBeLessThanOrEqual(8)
  expect(found[0]).toEqual({ kind: 'service', name: expect.stringContaining('水土保持'), note: expect.any(String), href: expect.stringMatching(/^\/catalogue\//) })
  expect((await site.visitor().get(found[0]!.href)).status).toBe(200)
  const statuses = new Set((await Promise.all(Array.from({ length: 200 }, () => ask('x')))).map((answer) => answer.status))
  expect(statuses).toEqual(new Set([200, 429]))
})
