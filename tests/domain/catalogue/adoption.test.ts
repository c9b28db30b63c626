import { expect, test } from 'vitest'
import { adopt, retire } from '#app/domain/catalogue/adoption.ts'
import type { Listing, ListingWording } from '#app/domain/catalogue/listing.ts'
import { wordingOf, WordingForm } from '#app/domain/catalogue/wording-form.ts'

const TYPED = { code: 'C0101', name: '树木移植方案编制', nature: 'statutory', bases: '行政法规｜《城市绿化条例》｜第二十条', items: 'A45', from: '2026-12-01', note: '依据已经核对' }
const FORM = WordingForm.parse(TYPED)
const WORDING: ListingWording = wordingOf(FORM, { divisionCode: '220100', stages: ['construction'], before: null })
const listed = (inForceFrom: string, inForceUntil: string | null = null): Listing => ({ ...WORDING, id: inForceFrom, inForceFrom, inForceUntil, sinceVersion: 1, untilVersion: inForceUntil ? 2 : null })
const change = { wording: WORDING, from: '2026-12-01', version: 7, id: 'new', today: '2026-11-22', divisionCode: '220100' }
const refusal = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('a later wording ends the one before it on its own first day', () => {
  const { ended, begun } = adopt([listed('2023-01-01')], change)
  expect(ended).toMatchObject([{ id: '2023-01-01', inForceUntil: '2026-12-01', untilVersion: 7 }])
  expect(begun).toMatchObject({ id: 'new', inForceFrom: '2026-12-01', inForceUntil: null, sinceVersion: 7 })
})

test('a first wording ends nothing', () => {
  expect(adopt([], change).ended).toEqual([])
  expect(adopt([listed('2016-07-01', '2023-01-01')], change).ended).toEqual([])
})

test.each([
  ['the list cannot be changed in the past', [], { ...change, from: '2026-11-21' }, 'catalogue.from-the-past'],
  ['two wordings cannot begin on one day', [listed('2026-12-01')], change, 'catalogue.same-day'],
  ['a wording cannot slip in before one that is adopted already', [listed('2027-01-01')], change, 'catalogue.later-wording'],
] as const)('%s', (_name, wordings, given, code) => {
  expect(refusal(() => adopt(wordings, given))).toBe(code)
})

test('today is not the past', () => {
  expect(adopt([], { ...change, from: '2026-11-22' }).begun?.inForceFrom).toBe('2026-11-22')
})

test('what is not listed on that day cannot be retired, what is ends', () => {
  expect(refusal(() => retire([listed('2016-07-01', '2023-01-01')], change))).toBe('catalogue.not-listed')
  expect(retire([listed('2023-01-01')], change)).toMatchObject({ begun: null, ended: [{ inForceUntil: '2026-12-01', untilVersion: 7 }] })
})

test('a lower list does without what the list above has, takes it up again, and cannot do without it twice', () => {
  const above = { ...listed('2023-01-01'), divisionCode: '220000' }
  const { ended, hidden } = retire([], change, above)
  expect([ended, hidden]).toMatchObject([[], { divisionCode: '220100', inForceFrom: '2026-12-01', removed: true, sinceVersion: 7 }])
  const later = { ...change, from: '2027-01-01' }
  expect(refusal(() => retire([hidden!], later, above))).toBe('catalogue.not-listed')
  expect(adopt([hidden!], later)).toMatchObject({ ended: [{ removed: true, inForceUntil: '2027-01-01' }], begun: { inForceFrom: '2027-01-01' } })
  expect(adopt([hidden!], later).begun?.removed).toBeUndefined()
})

test('a basis line that cannot be read is quoted back', () => {
  const { error } = WordingForm.safeParse({ ...TYPED, bases: '城市绿化条例 第二十条' })
  expect(error?.issues[0]).toMatchObject({ message: 'catalogue.bases-malformed', path: ['bases'], params: { line: '城市绿化条例 第二十条' } })
})

test('a form fills nothing in: what was left empty is null', () => {
  expect(WORDING.rules).toMatchObject({ selfPrepare: null, material: null, appliesWhen: null, bases: [{ type: 'administrative-regulation', title: '城市绿化条例', articles: '第二十条', repealedOn: null }] })
  expect(WORDING.details).toMatchObject({ timeLimit: null, feeBasis: null, qualification: null, department: null })
})

test('bare numbers of articles are stored as a law writes them', () => {
  const typed = WordingForm.parse({ ...TYPED, bases: '法律｜节约能源法｜15、105\n行政法规｜城市绿化条例｜第二十条第一款' })
  expect(typed.bases.map(({ articles }) => articles)).toEqual(['第十五条、第一百零五条', '第二十条第一款'])
})
