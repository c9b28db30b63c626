import { expect } from 'vitest'
import { matchWords } from '#app/domain/guard/match-words.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { test } from '#tests/support/database.ts'

test.for([
  ['环评报告书', 'S0601'],
  ['环评报告表', 'S0602'],
  ['请委托有资质的机构编制水保报告书', 'S0701'],
  ['地灾评估报告', 'S0801'],
  ['震评报告', 'S0803'],
  ['洪评报告', 'S0706'],
])('what a counter calls %s is found on the list', async ([words, code], { db }) => {
  const candidates = await listCandidates(db, { divisionCode: '220106', on: '2026-11-20', approvalItem: '' })
  expect(matchWords(words!, candidates).code).toBe(code)
})

test('a word for two services is neither of them, and both are shown', async ({ db }) => {
  const candidates = await listCandidates(db, { divisionCode: '220106', on: '2026-11-20', approvalItem: '' })
  const { code, nearest } = matchWords('环评报告', candidates)
  expect(code).toBeNull()
  expect(nearest.slice(0, 2).map(({ item }) => item)).toEqual(['S0601', 'S0602'])
})
