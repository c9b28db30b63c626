import { expect, test } from 'vitest'
import { listAfter, twinsIn } from '#app/domain/governance/twins.ts'
import { aListing, type ListingGiven } from '#tests/domain/guard/given.ts'

const standing = new Map([
  aListing({ code: 'R28', name: '水土保持方案报告书', categoryCode: '0701', approvalItems: [], rules: { material: { code: 'M-R28', name: '水土保持方案报告书' } } }),
  aListing({ code: 'S0601', name: '环境影响报告书编制', categoryCode: '0601', approvalItems: ['A12'], rules: { material: { code: 'M-S0601', name: '环境影响报告书' } } }),
].map((one) => [one.code, one]))
const none = { categoryCode: null, approvalItems: [], rules: { material: null } }
const proposed = (given: ListingGiven, before: ListingGiven | null = null) => {
  const entry = { code: given.code!, wording: aListing(given), before: before && aListing(before) }
  return twinsIn(listAfter(standing, [entry]))(entry).map(({ code, by }) => `${code} ${by}`)
}

test.each<[string, string[], ListingGiven, ListingGiven | null]>([
  ['the same name', ['R28 name'], { ...none, code: 'N1', name: '水土保持方案报告书编制' }, null],
  ['the same result', ['S0601 name'], { ...none, code: 'N1', name: '环评', rules: { material: { code: 'M-N1', name: '环境影响报告书' } } }, null],
  ['the same document', ['R28 material'], { ...none, code: 'N1', name: '水保', rules: { material: { code: 'M-R28', name: '水保' } } }, null],
  ['the same kind for the same approval', ['S0601 approval-item'], { ...none, code: 'N1', name: '环评', categoryCode: '0601', approvalItems: ['A01', 'A12'] }, null],
  ['another kind for the same approval', [], { ...none, code: 'N1', name: '公众参与', categoryCode: '0602', approvalItems: ['A12'] }, null],
  ['what says itself which it duplicates', [], { ...none, code: 'N1', name: '水土保持方案报告书编制', rules: { material: null, duplicateOf: 'R28' } }, null],
  ['the entry itself, reworded', [], { ...none, code: 'R28', name: '水土保持方案报告书编制' }, { ...none, code: 'R28', name: '水土保持方案报告书' }],
  ['a rewording of what stood twice before', [], { ...none, code: 'N1', name: '水土保持方案报告书（编制）' }, { ...none, code: 'N1', name: '水土保持方案报告书编制' }],
  ['a rewording that becomes the same', ['R28 name'], { ...none, code: 'N1', name: '水土保持方案报告书' }, { ...none, code: 'N1', name: '水保咨询' }],
])('%s', (_, twins, given, before) => {
  expect(proposed(given, before)).toEqual(twins)
})

test('two new entries of one proposal are twins, and what leaves the list is none', () => {
  const entry = (code: string, wording: ListingGiven | null) => ({ code, wording: wording && aListing({ ...none, code, ...wording }), before: null })
  const entries = [entry('N1', { name: '水土保持方案报告书' }), entry('N2', { name: '水土保持方案报告书编制' }), entry('R28', null)]
  const twinsOf = twinsIn(listAfter(standing, entries))
  expect(entries.map((one) => twinsOf(one).map(({ code }) => code))).toEqual([['N2'], ['N1'], []])
})
