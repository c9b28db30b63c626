import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { weightedOrderOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { bigListOf, reserveAfter, smallListOf } from '#app/domain/draw/shortlist.ts'

const BALLS = [{ grade: 'A', balls: 4 }, { grade: 'B', balls: 3 }, { grade: 'C', balls: 2 }, { grade: 'D', balls: 1 }]
const leaf = (label: string, grade: string | null, standing: PoolLeaf['standing'] = 'eligible'): PoolLeaf => ({ bid: label, bidHash: label, label, receivedAt: '', standing, reasons: [], credit: grade === null ? null : { grade, entry: null } })
const key = (text: string) => createHash('sha256').update(text).digest()

test.each([
  ['all fit', ['C', 'A', 'B'], 5, ['1A4', '2B3', '0C2']],
  ['the cut falls between two grades', ['C', 'A', 'B', 'D'], 2, ['1A4', '2B3']],
  ['the cut falls into a grade, which is in as a whole', ['A', 'B', 'B', 'B', 'C'], 2, ['0A4', '1B3', '2B3', '3B3']],
  ['all have one grade', ['C', 'C', 'C'], 2, ['0C2', '1C2', '2C2']],
  ['nobody is eligible', [], 2, []],
])('the big list ranks by grade and never cuts through one: %s', (_, grades, bigList, expected) => {
  const list = bigListOf([leaf('out', null, 'excluded'), ...grades.map((grade, place) => leaf(`${place}${grade}`, grade))], { balls: BALLS, bigList })
  expect(list.map(({ label, balls }) => `${label}${balls}`)).toEqual(expected)
})

test('a grade that the procedure does not know stops the draw', () => {
  expect(() => bigListOf([leaf('1', 'E')], { balls: BALLS, bigList: 2 })).toThrow('no grade E')
})

test('the same leaves give the same order whatever order they stand in, and a label more moves no other', () => {
  const grades = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom('A', 'B', 'C', 'D')), { minLength: 2, maxLength: 12, selector: ([label]) => label })
  fc.assert(
    fc.property(grades, fc.string(), (given, seed) => {
      const leaves = given.map(([label, grade]) => leaf(label, grade))
      const order = weightedOrderOf(key(seed), 'shortlist', bigListOf(leaves, { balls: BALLS, bigList: 200 }))
      expect(weightedOrderOf(key(seed), 'shortlist', bigListOf(leaves.toReversed(), { balls: BALLS, bigList: 200 }))).toEqual(order)
      const without = weightedOrderOf(key(seed), 'shortlist', bigListOf(leaves.slice(1), { balls: BALLS, bigList: 200 }))
      expect(without.map(({ label }) => label)).toEqual(order.map(({ label }) => label).filter((label) => label !== given[0]![0]))
    }),
  )
})

test('the first place falls to each in proportion to the balls, and so does the second among the others', () => {
  const tickets = BALLS.map(({ grade, balls }) => ({ label: grade, balls }))
  const draws = 5000
  const first: Record<string, number> = {}
  const secondAfterA: Record<string, number> = {}
  for (let n = 0; n < draws; n++) {
    const [one, two] = weightedOrderOf(key(`draw ${n}`), 'shortlist', tickets)
    first[one!.label] = (first[one!.label] ?? 0) + 1
    if (one!.label === 'A') secondAfterA[two!.label] = (secondAfterA[two!.label] ?? 0) + 1
  }
  for (const { grade, balls } of BALLS) expect(first[grade]! / draws).toBeCloseTo(balls / 10, 1.6)
  for (const { grade, balls } of BALLS.slice(1)) expect(secondAfterA[grade]! / first.A!).toBeCloseTo(balls / 6, 1.4)
})

const order = [1, 2, 3, 4, 5].map((place) => ({ place }))
test.each([
  ['the one that was picked declines: from the top of the small list', 2, 2, [1, 3]],
  ['the first of the reserve declines too', 2, 1, [3]],
  ['the last of it', 2, 3, []],
  ['the first drawn was taken by date', 1, 1, [2, 3]],
])('the reserve of a small list: %s', (_, picked, declined, expected) => {
  expect(reserveAfter(order, { size: 3, picked, declined }).map(({ place }) => place)).toEqual(expected)
  expect(smallListOf(order, 3)).toHaveLength(3)
})
