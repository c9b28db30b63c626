import fc from 'fast-check'
import { expect } from 'vitest'
import type { Context } from '#app/domain/context.ts'
import { findAnything } from '#app/domain/search/find-anything.server.ts'
import { KINDS, MOST_COUNTED, type Kind } from '#app/domain/search/found.ts'
import { suggest } from '#app/domain/search/suggest.server.ts'
import { reindex } from '#search/reindex.ts'
import { openSearch } from '#search/search.ts'
import { test as base } from '#tests/support/database.ts'

/** The real list and its samples, as the template holds them. */
const test = base.extend('ask', { scope: 'file' }, async ({ db }) => {
  await reindex(db, openSearch(db))
  return (context: Context, text: string, kind: Kind | null = null) => findAnything(context, { text, kind, filters: {}, page: 1 })
})

test.for<[asked: string, how: string, first: string]>([
  ['地质灾害危险性评估', 'name', '地质灾害危险性评估'],
  ['  地质灾害 危险性评估 ', 'name', '地质灾害危险性评估'],
  ['R04', 'name', '固定资产投资项目节能报告编制'],
  ['ｒ０４', 'name', '固定资产投资项目节能报告编制'],
  ['地灾', 'alias', '地质灾害危险性评估'],
  ['环评', 'alias', '环境影响评价报告'],
  ['能评', 'alias', '民用建筑节能评估报告编制'],
  ['EIA', 'alias', '环境影响评价报告'],
  ['消检', 'alias', '消防设施检测'],
  ['水土保持', 'beginning', '水土保持监测'],
  ['抗震鉴定', 'alias', '建设工程的抗震鉴定'],
  ['施工图 审查 人防', 'words', '人防施工图审查'],
  ['审查施工图', 'words', '人防施工图审查'],
  ['shuitubaochifangan', 'pinyin', '水土保持方案报告书'],
  ['shui tu bao chi', 'pinyin', '水土保持监测'],
  ['SHUITUBAOCHI', 'pinyin', '水土保持监测'],
  ['stbcfa', 'pinyin', '水土保持方案报告书'],
  ['dzzhwxxpg', 'pinyin', '地质灾害危险性评估'],
  ['huanping', 'pinyin', '环境影响评价报告'],
  ['水土baochi', 'pinyin', '水土保持监测'],
  ['水土保侍', 'beginning', '水土保持监测'],
  ['水土保迟', 'near', '水土保持监测'],
  ['地质灾难危险性评估', 'near', '地质灾害危险性评估'],
  ['我要做一个环评报告', 'near', '环境影响评价报告'],
])('%s leads by its %s to %s', async ([asked, way, title], { ask, context }) => {
  const { lines } = await ask(context(), asked, 'service')
  expect(lines[0]).toMatchObject({ title, way })
})

test('what a short word or a slip was taken for is said, and what explains itself is not', async ({ ask, context }) => {
  const understood = async (text: string) => (await ask(context(), text)).understood.map(({ said, slip }) => (slip ? `${said}!` : said))
  expect(await understood('环评')).toEqual(['环评'])
  expect(await understood('水土保侍方案')).toEqual(['水土保侍!'])
  expect(await understood('勘察')).toEqual([])
  expect(await understood('水土保持')).toEqual([])
})

test('of two ways to be found the better comes first, and equal ones always come in one order', async ({ ask, context }) => {
  const { lines } = await ask(context(), '水土保持', 'service')
  const ways = lines.map(({ way }) => way)
  expect(ways).toEqual(ways.toSorted((one, other) => ['name', 'alias', 'beginning', 'words', 'pinyin', 'near'].indexOf(one) - ['name', 'alias', 'beginning', 'words', 'pinyin', 'near'].indexOf(other)))
  expect((await ask(context(), '水土保持', 'service')).lines.map(({ id }) => id)).toEqual(lines.map(({ id }) => id))
  const real = lines.find(({ id }) => id.startsWith('R28'))
  expect(real).toMatchObject({ headline: expect.any(String), shown: { sample: false } })
})

test('a page ends where the next begins, and narrowing counts what it finds', async ({ ask, context }) => {
  const first = await ask(context(), '工程', 'service')
  expect(first.lines).toHaveLength(20)
  expect(first.total).toBe(first.counts.service)
  const second = await findAnything(context(), { text: '工程', kind: 'service', filters: {}, page: 2 })
  expect(second.lines.some(({ id }) => first.lines.some((line) => line.id === id))).toBe(false)
  const nature = first.choices.find(({ name }) => name === 'nature')!
  expect(nature.options.reduce((sum, { count }) => sum + count, 0)).toBe(first.total)
  for (const { value, count } of nature.options) {
    const narrowed = await findAnything(context(), { text: '工程', kind: 'service', filters: { nature: value }, page: 1 })
    expect(narrowed.total).toBe(count)
    expect(narrowed.lines.every((line) => line.kind === 'service' && line.shown.nature === value)).toBe(true)
  }
  expect((await findAnything(context(), { text: '工程', kind: 'service', filters: { category: "06' or true" }, page: 1 })).total).toBe(0)
})

test('what nobody offers is not found, and says so', async ({ ask, context }) => {
  const { lines, counts, near } = await ask(context(), '月球旅行签证')
  expect([lines, Object.values(counts), near]).toEqual([[], [0, 0, 0, 0], false])
})

test('suggestions are few, the best first, and rough ones only where there is nothing better', async ({ ask, context }) => {
  void ask
  const titles = async (text: string) => (await suggest(context(), { text })).map(({ title }) => title)
  expect((await titles('环境'))[0]).toBe('环境影响评价报告')
  expect((await titles('工程')).length).toBe(8)
  expect(await titles('水土保迟')).toContain('水土保持监测')
  expect(await titles('')).toEqual([])
})

test('any text is a question: none breaks, and no answer is without end', async ({ ask, context }) => {
  void ask
  const odd = fc.constantFrom('%', '_', '\\', "'", '"', "' or 1=1 --", ':*', '&', '|', '!', '(', '🏗️', '𠮷', '䶮', '\u202e', 'x'.repeat(5_000), '水'.repeat(5_000), '水 '.repeat(500), 'ü', '①', '㎡', 'ﬁ', '\n', '\t')
  const text = fc.oneof(odd, fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }), fc.array(fc.oneof(odd, fc.constantFrom('环评', '水土', 'stbc', 'R04')), { maxLength: 5 }).map((parts) => parts.join('')))
  const property = fc.asyncProperty(text.filter((text) => !text.includes('\0')), fc.constantFrom(null, ...KINDS), fc.nat(50), async (text, kind, page) => {
    const { lines, counts, marks } = await findAnything(context(), { text, kind, filters: {}, page: page + 1 })
    expect(lines.length).toBeLessThanOrEqual(20)
    expect(marks.length).toBeLessThan(60)
    for (const count of Object.values(counts)) expect(count).toBeLessThanOrEqual(MOST_COUNTED + 1)
    expect((await suggest(context(), { text })).length).toBeLessThanOrEqual(8)
  })
  await fc.assert(property, { seed: 20261126, numRuns: 100, interruptAfterTimeLimit: 30_000 })
})
