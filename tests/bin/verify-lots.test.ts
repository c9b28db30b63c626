import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Quote } from '#app/domain/bids/offer.ts'
import { changed, expectFlipsNamed } from '#tests/support/flipped.ts'
import { bidNo, labelNo, pricedBundle, type Forgery, type Sent } from '#tests/support/priced.ts'
import { STORY_TENDER } from '#tests/support/story-log.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

const money = (fen: number): Quote => ({ kind: 'money', fen })
const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)

/** The three of 30,777.11 came at milliseconds 643, 421 and 810: 123 + 643 = 766, 456 + 421 = 877, 789 + 810 = 599 (mod 1000). */
const SENT = [money(40_123_45), money(30_777_11), money(12_000_00), money(30_777_11), money(30_777_11), money(50_000_01)]
const LOTS = ['000', '123', '111', '456', '789', '999']

test('equal prices stand in the order of their electronic lot, which anybody can add up', async () => {
  const bundle = await pricedBundle({ sent: SENT, lots: LOTS })
  const receivedAt = (number: number) => bundle.leaves.find(({ bid }) => bid === bidNo(number))!.receivedAt
  const lots = [1, 3, 4].map((number) => (Number(LOTS[number]) + Number(receivedAt(number).slice(-4, -1))) % 1000)
  const first = (lots[0]! + lots[1]! + lots[2]!) % 3
  const equals = [1, 3, 4]
  expect(bundle.steps.order.map(({ bid }) => bid)).toEqual([2, ...equals.slice(first), ...equals.slice(0, first), 0].map(bidNo))
  expect(bundle.steps.order.slice(1, 4).map(({ lot }) => lot)).toEqual([...lots.slice(first), ...lots.slice(0, first)])
  const { passed, faults } = verifyBundle(JSON.stringify(bundle))
  expect(faults).toEqual([])
  expect(passed.at(-1)!.sentence).toContain('electronic lot')
  expect(passed.at(-1)!.value).toMatch(/¥30777\.11 {2}lot \d{3}/)
  expect(verifyAtOnce({ bundle: JSON.stringify(bundle) }, { keys: [] }, zh).passed.at(-1)!.sentence).toContain('抽签号')
})

test('one flipped bit in any value of a bundle with lots is refused, and the field that is named holds it', async () => {
  const bundle = await pricedBundle({ sent: SENT.slice(0, 5), lots: LOTS })
  expectFlipsNamed(bundle, faultsOf, { least: 320 })
  expect(fieldsOf(changed(bundle, ['steps', 'order', '1', 'lot'], bundle.steps.order[1]!.lot! + 1))[0]).toBe('/steps/order/1/lot')
})

test('a platform that turns the round of a lot, or decides by draw what was promised a lot, is refused', async () => {
  const forged = async (forgery: Forgery, lots: readonly string[] | undefined = LOTS) => fieldsOf(await pricedBundle({ sent: SENT, ...(lots && { lots }), forged: forgery }))[0]
  expect(await forged({ order: ([best, one, two, three, ...rest]) => [best!, { ...two!, place: 2 }, { ...three!, place: 3 }, { ...one!, place: 4 }, ...rest] })).toMatch(/^\/steps\/order\/1\/(label|bid)$/)
  expect(await forged({ order: (order) => order.map(({ lot: _lot, ...placed }) => placed) })).toBe('/steps/order/0/lot')
  expect(fieldsOf(await pricedBundle({ sent: SENT, forged: { order: (order) => order.map((placed) => ({ ...placed, lot: 7 })) } }))[0]).toBe('/steps/order/0/lot')
})

test('any prices and numbers are put in order for the verifier as they are for the platform', async () => {
  const bids = fc.array(fc.tuple(fc.constantFrom(2_000_000, 2_000_001, 3_000_000), fc.integer({ min: 0, max: 999 })), { minLength: 3, maxLength: 9 })
  await fc.assert(fc.asyncProperty(fc.constantFrom('lowest-price' as const, 'average-price' as const), bids, async (method, given) => {
    const lots = given.map(([, lot]) => String(lot).padStart(3, '0'))
    expect(faultsOf(await pricedBundle({ method, lots, sent: given.map(([fen]) => money(fen)) }))).toEqual([])
  }), { numRuns: 40 })
})

const TEXT = JSON.stringify({ bid: bidNo(0), contribution: '', lot: '042', quote: { fen: 5, kind: 'money' }, salt: '0'.repeat(32), tender: STORY_TENDER, uscc: labelNo(0) })
const STRANGE: [reason: string | null, sent: Sent][] = [
  [null, { raw: TEXT }],
  ['no-offer', { raw: TEXT.replace('"lot":"042",', '') }],
  ['no-offer', { raw: TEXT.replace('"042"', '42') }],
  ['no-offer', { raw: TEXT.replace('042', '42') }],
  ['no-offer', { raw: TEXT.replace('042', '1042') }],
  ['no-offer', { raw: TEXT.replace('042', '04２') }],
  ['no-offer', { raw: TEXT.replace('"042"', '"042\\n"') }],
]

test.each(STRANGE)('with lots platform and verifier rule alike: %s for %j', async (reason, sent) => {
  const bundle = await pricedBundle({ lots: LOTS, sent: [sent, money(40_000_00), money(41_000_00), money(42_000_00)] })
  expect(bundle.steps.opened[0]).toMatchObject({ reason, outcome: reason === null ? 'valid' : 'invalid' })
  expect(faultsOf(bundle)).toEqual([])
})

test('a number that no tender asked for makes an offer none', async () => {
  const bundle = await pricedBundle({ sent: [{ raw: TEXT }, money(40_000_00), money(41_000_00), money(42_000_00)] })
  expect(bundle.steps.opened[0]).toMatchObject({ reason: 'no-offer' })
  expect(faultsOf(bundle)).toEqual([])
})
