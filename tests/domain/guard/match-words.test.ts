import fc from 'fast-check'
import { expect, test } from 'vitest'
import { likeness, matchWords, nearbyIn, THRESHOLD, type Candidate } from '#app/domain/guard/match-words.ts'

const aCandidate = (code: string, name: string, aliases: string[] = [], serves = false): Candidate => ({ code, name, aliases, serves })
const LIST = [
  aCandidate('C0403', '初步设计及概算编制', ['初设']),
  aCandidate('C0501', '施工图设计文件审查', ['施工图审查', '图审']),
  aCandidate('C0601', '环境影响报告书编制', ['环评', '环评书']),
  aCandidate('C0602', '环境影响报告表编制', ['环评', '环评表']),
  aCandidate('C0701', '水土保持方案报告书编制', ['水保方案']),
  aCandidate('C0801', '地质灾害危险性评估', ['地灾评估']),
  aCandidate('C1403', '工程造价咨询'),
  aCandidate('C0401', '工程勘察'),
]

test.each([
  ['c0801', 'C0801', 'code'],
  ['地质灾害 危险性评估', 'C0801', 'name'],
  ['（地质灾害危险性评估）', 'C0801', 'name'],
  ['地灾评估', 'C0801', 'alias'],
  ['造价咨询', 'C1403', 'score'],
  ['请委托有资质的单位编制水土保持方案报告书', 'C0701', 'score'],
  ['地质灾害危险性评估报告', 'C0801', 'score'],
])('%s is found as %s by %s', (text, code, by) => {
  expect(matchWords(text, LIST)).toMatchObject({ code, match: { by } })
})

test.each(['林木采伐作业区调查设计', '办公室装修设计', '专家评审费', '房屋安全鉴定', '。', '报告'])('%s is off the list, never a silent guess', (text) => {
  expect(matchWords(text, LIST)).toMatchObject({ code: null, match: null })
})

test('words that two services share stand for neither, and both are shown', () => {
  const { code, nearest } = matchWords('环评', LIST)
  expect(code).toBeNull()
  expect(nearest.slice(0, 2).map(({ item }) => item)).toEqual(['C0601', 'C0602'])
})

test('of two services that share a word, the one for the approval item is meant', () => {
  const forTheTable = LIST.map((candidate) => ({ ...candidate, serves: candidate.code === 'C0602' }))
  expect(matchWords('环评', forTheTable)).toMatchObject({ code: 'C0602', match: { by: 'alias' } })
})

test('of two wordings of one service, the one for the approval item is meant, even if the other has the very name', () => {
  const twice = [aCandidate('R28', '水土保持方案报告书'), aCandidate('S0701', '水土保持方案报告书编制', [], true)]
  expect(matchWords('水土保持方案报告书', twice)).toMatchObject({ code: 'S0701', match: { by: 'score', score: 1 } })
  expect(matchWords('水土保持方案报告书', twice.map((candidate) => ({ ...candidate, serves: false })))).toMatchObject({ code: 'R28', match: { by: 'name' } })
})

test('nothing is found in an empty list', () => {
  expect(matchWords('环评', [])).toEqual({ code: null, match: null, nearest: [] })
})

test('likeness is 1 for the same words, symmetric, and within bounds', () => {
  const words = fc.string({ unit: fc.constantFrom(...'水土保持方案报告书编制评估'), minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(words, words, (one, other) => {
      expect(likeness(one, one)).toBe(1)
      expect(likeness(one, other)).toBe(likeness(other, one))
      expect(likeness(one, other)).toBeGreaterThanOrEqual(0)
      expect(likeness(one, other)).toBeLessThanOrEqual(1)
    }),
  )
})

test('whatever an officer writes, a match by likeness is never below the threshold', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const { code, match } = matchWords(text, LIST)
      expect(code === null).toBe(match === null)
      if (match?.by === 'score') expect(match.score).toBeGreaterThanOrEqual(THRESHOLD)
    }),
    { numRuns: 2000 },
  )
})

test('among those that are nearby every text means what it means among all', () => {
  const nearby = nearbyIn(LIST)
  const part = fc.constantFrom('环境影响报告', '书', '表', '编制', '水土保持', '方案', '施工图', '审查', '初设', 'C0801', '评估', '请委托', '危险性', '地质灾害', '测')
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const text = parts.join('')
      expect(matchWords(text, nearby(text))).toMatchObject({ code: matchWords(text, LIST).code, match: matchWords(text, LIST).match })
    }),
    { numRuns: 300 },
  )
})
