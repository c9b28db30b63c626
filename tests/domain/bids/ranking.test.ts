import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountOf, comparable, quoteFault, type Quote } from '#app/domain/bids/offer.ts'
import { byAverage, byLowest, lowMarks, meanOf, ranked, type Group, type Priced } from '#app/domain/bids/ranking.ts'
import type { QuoteRule } from '#app/domain/tenders/quote-rule.ts'

const money = (fen: number): Quote => ({ kind: 'money', fen })
const discount = (basisPoints: number): Quote => ({ kind: 'discount', basisPoints })
const bids = (...prices: number[]): Priced[] => prices.map((fen, place) => ({ bid: `bid-${place}`, label: `agency-${place}`, quote: money(fen) }))
const prices = (groups: Group[]) => groups.map((group) => group.map(({ quote }) => comparable(quote)))

const MONEY: QuoteRule = { kind: 'money' }
const DISCOUNT: QuoteRule = { kind: 'discount', least: 500, most: 3000 }

test.each([
  [money(100), MONEY, null],
  [money(101), MONEY, 'over-ceiling'],
  [money(1), MONEY, null],
  [discount(1000), MONEY, 'other-kind'],
  [money(100), DISCOUNT, 'other-kind'],
  [discount(499), DISCOUNT, 'outside-bounds'],
  [discount(500), DISCOUNT, null],
  [discount(3000), DISCOUNT, null],
  [discount(3001), DISCOUNT, 'outside-bounds'],
] as const)('%j under %j: %s', (quote, rule, fault) => {
  expect(quoteFault(quote, rule, 100)).toBe(fault)
})

test.each([
  [money(12_345), 99_999, 12_345],
  [discount(0), 99_999, 99_999],
  [discount(10_000), 99_999, 0],
  [discount(1250), 100_000, 87_500],
  [discount(5000), 3, 2],
  [discount(1), 9_000_000_000_000_00, 8_999_100_000_000_00],
] as const)('%j on a ceiling of %d fen costs %d', (quote, ceiling, fen) => {
  expect(amountOf(quote, ceiling)).toBe(fen)
})

test.each([
  { prices: [], lowest: [], average: [], mean: null },
  { prices: [5], lowest: [[5]], average: [[5]], mean: 5 },
  { prices: [30, 10, 20], lowest: [[10], [20], [30]], average: [[20], [10], [30]], mean: 20 },
  // The mean is 23 1/3: nearest from below is 20, although 24 is nearer from above.
  { prices: [20, 24, 26], lowest: [[20], [24], [26]], average: [[20], [24], [26]], mean: 23 },
  { prices: [10, 10, 40], lowest: [[10, 10], [40]], average: [[10, 10], [40]], mean: 20 },
  { prices: [7, 7, 7], lowest: [[7, 7, 7]], average: [[7, 7, 7]], mean: 7 },
])('$prices: the lowest gives $lowest, the average $average', ({ prices: given, lowest, average, mean }) => {
  expect(prices(byLowest(bids(...given)))).toEqual(lowest)
  expect(prices(byAverage(bids(...given)))).toEqual(average)
  expect(meanOf(bids(...given))).toBe(mean)
})

const RULE = { ofMean: 0.5, ofNext: 0.5, ofCeiling: 0.45 }
test.each([
  [[100, 100], 100, []],
  [[45, 60], 100, []],
  [[44, 60], 100, [['bid-0', ['of-ceiling']]]],
  [[44, 100, 100], 100, [['bid-0', ['of-next', 'of-ceiling']]]],
  [[10, 100, 100], 100, [['bid-0', ['of-mean', 'of-next', 'of-ceiling']]]],
  // Half of the mean itself is not below it.
  [[50, 50, 200], 100, []],
  // 0.45 × 100 is 45.00000000000001 in binary, and 45 is not below 45 %.
  [[45], 100, []],
] as const)('prices of %j under a ceiling of %d are marked %j', (given, ceiling, marks) => {
  expect([...lowMarks(bids(...given), ceiling, RULE)]).toEqual(marks)
})

test('equals stand by their drawn positions, and nobody else moves for them', () => {
  const position: Record<string, string> = { 'agency-0': 'ff', 'agency-1': '01', 'agency-2': '00', 'agency-3': '02' }
  expect(ranked(byLowest(bids(10, 10, 30, 10)), (label) => position[label]!).map(({ place, label }) => [place, label])).toEqual([
    [1, 'agency-1'],
    [2, 'agency-3'],
    [3, 'agency-0'],
    [4, 'agency-2'],
  ])
})

const someBids = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 }).map((given) => bids(...given))

test('no order depends on the order of arrival, and every bid has one place', () => {
  fc.assert(
    fc.property(someBids, fc.func(fc.integer({ min: 0, max: 3 })), fc.constantFrom(byLowest, byAverage), (given, luck, rule) => {
      const positionOf = (label: string) => `${luck(label)}${label}`
      const order = ranked(rule(given), positionOf)
      expect(ranked(rule([...given].reverse()), positionOf)).toEqual(order)
      expect(order.map(({ bid }) => bid).sort()).toEqual(given.map(({ bid }) => bid).sort())
      expect(order.map(({ place }) => place)).toEqual(given.map((_, place) => place + 1))
    }),
  )
})

test('by average, who comes first is at or below the mean, and nobody else below it is nearer', () => {
  fc.assert(
    fc.property(someBids, (given) => {
      const mean = given.reduce((sum, { quote }) => sum + comparable(quote), 0) / given.length
      const first = comparable(byAverage(given)[0]![0]!.quote)
      expect(first).toBeLessThanOrEqual(mean + 1e-6)
      expect(given.every(({ quote }) => comparable(quote) <= first || comparable(quote) > mean - 1e-6)).toBe(true)
    }),
  )
})
