import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { CRITERIA, meritBundle, type MeritForgery } from '#tests/support/judged.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { meritEn } from '../../bin/verify/merit-sentences.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)

test.each(['sealed', 'opened'] as const)('a selection by merit with %s plans is opened, counted and ranked again, and each check says in words what it found', async (plans) => {
  const bundle = await meritBundle({ plans })
  const text = JSON.stringify(bundle)
  const { passed, faults } = verifyBundle(text)
  expect(faults).toEqual([])
  expect(bundle.steps.opened.map(({ keys }) => keys.plan !== undefined)).toEqual(Array(3).fill(plans === 'opened'))
  expect(passed.map(({ sentence }) => sentence).slice(-6)).toEqual([meritEn.weighed, meritEn.seated(3), meritEn.asCommitted, meritEn.whole, meritEn.waited, meritEn.ranked])
  expect(bundle.steps.order.map(({ place, value, price, points }) => [place, value, price, points.price])).toEqual([
    [1, 3 * 3000 + 17_100, 40_000_00, 3000],
    [2, 3 * 4000 + 10_775, 30_000_00, 4000],
    [3, 3 * 4000 + 10_775, 30_000_00, 4000],
  ])
  expect(passed.at(-1)!.value).toContain('87.00 points')
  const inChinese = verifyAtOnce({ bundle: text }, { keys: [] }, zh)
  expect(inChinese.passed.length).toBe(passed.length)
  for (const { sentence } of inChinese.passed) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
})

test('one flipped bit in any value is refused, and the field that is named holds it', async () => {
  const bundle = await meritBundle({ fens: [30_000_00, 40_000_00, 50_000_01], plans: 'opened' })
  expect(faultsOf(bundle)).toEqual([])
  expectFlipsNamed(bundle, faultsOf, { least: 500 })
})

const FORGERIES: [field: string, forged: MeritForgery][] = [
  // A mark that is changed after it was committed to, and one above its weight.
  ['/steps/sheets/0/hash', { sheets: (sheets) => sheets.map((sheet, place) => (place ? sheet : { ...sheet, marks: sheet.marks.map((mark) => ({ ...mark, points: 0 })) })) }],
  ['/steps/sheets', { sheets: (sheets) => sheets.slice(0, -1) }],
  ['/steps/seated/0', { seated: (steps) => steps.slice(1) }],
  ['/steps/seated', { seated: (steps) => steps.slice(0, -1) }],
  ['/steps/judged/1', { judged: ([first]) => [first!, first!] }],
  ['/steps/judged', { judged: (steps) => steps.slice(0, -1) }],
  // Nobody is replaced who has committed.
  ['/steps/judged/3', { judged: (steps) => [...steps, ['judge.replaced', { seat: 1, by: 'silent' }]] }],
  ['/steps/seated/8', { seated: (steps) => [...steps, ['sheet.committed', { seat: 1, sheet: '0'.repeat(64) }]] }],
  ['/steps/seated/8', { seated: (steps) => [...steps, ['judge.invited', { seat: 4 }]] }],
  ['/steps/order/0/label', { order: ([first, second, ...rest]) => [{ ...second!, place: 1 }, { ...first!, place: 2 }, ...rest] }],
  ['/steps/order/0/points', { order: ([first, ...rest]) => [{ ...first!, points: { ...first!.points!, judged: 1 } }, ...rest] }],
  ['/steps/order/0/price', { order: ([first, ...rest]) => [{ ...first!, price: 1 }, ...rest] }],
  ['/steps/reveal/facts/reveal/decidesAfter', { decidesAfter: '2026-11-20T03:14:00.000Z' }],
  ['/publication/facts/procedure/criteria', { criteria: CRITERIA.map((each) => ({ ...each, weight: each.weight - 1 })) }],
]

test.each(FORGERIES)('what a platform that cheats signs itself is refused all the same: %s', async (field, forged) => {
  expect(fieldsOf(await meritBundle({ forged }))[0]).toBe(field)
})

test('a plan that is too long does not count; where plans are public anybody sees it, elsewhere the word of the platform stands', async () => {
  for (const plans of ['sealed', 'opened'] as const) {
    const bundle = await meritBundle({ plans, texts: ['长'.repeat(8001)] })
    expect(bundle.steps.opened.map(({ reason }) => reason)).toEqual(['no-plan', null, null])
    expect(faultsOf(bundle)).toEqual([])
  }
  const accused: MeritForgery = { opened: ([first, ...rest]) => [{ ...first!, outcome: 'invalid', reason: 'no-plan' }, ...rest] }
  expect(faultsOf(await meritBundle({ plans: 'sealed', forged: accused }))).toEqual([])
  expect(fieldsOf(await meritBundle({ plans: 'opened', forged: accused }))[0]).toBe('/steps/opened/0/reason')
})

test('any prices and marks count for the verifier as they count for the platform', async () => {
  const mark = fc.tuple(fc.integer({ min: 0, max: 3500 }), fc.integer({ min: 0, max: 2500 }))
  const story = fc.integer({ min: 2, max: 4 }).chain((bids) => fc.record({
    fens: fc.array(fc.oneof(fc.integer({ min: 1, max: 5_000_000 }), fc.constantFrom(1, 3, 2_500_000)), { minLength: bids, maxLength: bids }),
    marks: fc.constantFrom(3, 5).chain((judges) => fc.array(fc.array(mark, { minLength: bids, maxLength: bids }), { minLength: judges, maxLength: judges })),
  }))
  await fc.assert(fc.asyncProperty(story, async (given) => {
    const bundle = await meritBundle(given)
    expect(faultsOf(bundle)).toEqual([])
    for (const { points, value } of bundle.steps.order) expect(value).toBe(points.price * given.marks.length + points.judged)
  }), { numRuns: 40 })
})
