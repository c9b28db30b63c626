import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NATIONAL_CALENDAR } from '#app/domain/calendar.ts'
import { counts, gapsBetween, gapToAnswer, SILENCE, type Spell } from '#app/domain/tenders/outage.ts'

const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 2, 0) + n * 60_000)
const spell = (began: number, beat: number): Spell => ({ began: minute(began), beat: minute(beat) })
const gap = (from: number, until: number) => ({ from: minute(from), until: minute(until) })
const under = { closesAt: minute(120), rule: { window: { n: 60, unit: 'min' as const }, gap: { n: 5, unit: 'min' as const }, extension: { n: 30, unit: 'min' as const } }, calendar: NATIONAL_CALENDAR }

test.each<[string, Spell[], ReturnType<typeof gap>[]]>([
  ['nothing was measured', [], []],
  ['one web serves without a break', [spell(0, 100)], []],
  ['one web after the other, with a break', [spell(0, 40), spell(50, 100)], [gap(40, 50)]],
  ['another web serves over the break of the first', [spell(0, 40), spell(50, 100), spell(30, 60)], []],
  ['a short web inside a long one ends nothing', [spell(0, 100), spell(20, 30)], []],
  ['nobody serves any more', [spell(0, 80)], [gap(80, 100)]],
])('where %s, the gaps are what is left', (_, spells, expected) => {
  expect(gapsBetween(spells, minute(100))).toEqual(expected)
})

test('gaps and spells never overlap, and every gap is longer than a silence', () => {
  const some = fc.array(fc.record({ from: fc.nat({ max: 900 }), lasts: fc.nat({ max: 200 }) }), { maxLength: 8 })
  fc.assert(
    fc.property(some, (drawn) => {
      const spells = drawn.map(({ from, lasts }) => ({ began: minute(from), beat: minute(from + lasts) }))
      for (const { from, until } of gapsBetween(spells, minute(2000))) {
        expect(until.getTime() - from.getTime()).toBeGreaterThan(SILENCE)
        for (const { began, beat } of spells) expect(began < until && from < beat).toBe(false)
      }
    }),
  )
})

test.each<[string, ReturnType<typeof gap>, boolean]>([
  ['longer than the rule says, before the deadline', gap(70, 76), true],
  ['just as long as the rule says', gap(70, 75), false],
  ['over the deadline, with more than the rule’s time before it', gap(114, 200), true],
  ['over the deadline, with less of it before', gap(116, 200), false],
  ['after the deadline', gap(121, 300), false],
  ['before the last hours', gap(10, 59), false],
  ['reaching into the last hours by less than the rule’s time', gap(10, 64), false],
])('a gap %s counts: %s', (_, one, expected) => {
  expect(counts(one, under)).toBe(expected)
})

test('a gap that has moved a deadline does not move it again, however long it became', () => {
  expect(gapToAnswer([gap(70, 90)], [], under)).toEqual(gap(70, 90))
  expect(gapToAnswer([gap(70, 90)], [gap(70, 80)], under)).toBeNull()
  expect(gapToAnswer([gap(70, 80), gap(90, 100)], [gap(70, 80)], under)).toEqual(gap(90, 100))
})
