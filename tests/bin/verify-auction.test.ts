import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auctionBundle, CALLS, takenCalls, type Forgery } from '#tests/support/auctioned.ts'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { labelNo } from '#tests/support/priced.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)

test('an auction is counted again quote by quote, and each check says in words what it found', () => {
  const bundle = auctionBundle()
  const { passed, faults } = verifyBundle(JSON.stringify(bundle))
  expect(faults).toEqual([])
  expect(passed.map(({ sentence }) => sentence).slice(-9)).toMatchObject([
    expect.stringMatching(/^The rounds ran/), expect.stringMatching(/^All 4 eligible bids are shown/), expect.stringMatching(/^All 6 quotes hash/), expect.stringMatching(/^Every quote came in its round/), expect.stringMatching(/^After the last round/),
    expect.stringMatching(/^Exactly the abnormally low/), expect.stringMatching(/^The opening counted right/), expect.stringMatching(/^The decision waited/), expect.stringMatching(/^Ranking again/),
  ])
  expect(bundle.winner).toBe(labelNo(2))
  expect(bundle.steps.order.map(({ value }) => value)).toEqual([20_000_00, 47_000_00, 47_000_00])
  const inChinese = verifyAtOnce({ bundle: JSON.stringify(bundle) }, { keys: [] }, zh)
  expect(inChinese.passed).toHaveLength(passed.length)
  for (const { sentence } of inChinese.passed) expect(sentence).toMatch(/[一-鿿]/)
})

test('one flipped bit in any value is refused, and the field that is named holds it', { timeout: 120_000 }, () => {
  const bundle = auctionBundle()
  expectFlipsNamed(bundle, faultsOf, { least: 320 })
})

/** The place of a quote, and what its body says instead; everything after it is hashed and signed anew. */
const instead = (place: number, change: Record<string, unknown>): Forgery => ({ body: (body, at) => (at === place ? { ...body, ...change } : body) })
const FORGED: [what: string, forged: Forgery, field: string][] = [
  ['a quote that is no step lower', instead(3, { amountFen: 48_900_01 }), '/steps/bodies/3/amountFen'],
  ['a quote above the ceiling', instead(0, { amountFen: 50_000_01 }), '/steps/bodies/0/amountFen'],
  ['a quote in another round', instead(2, { round: 1 }), '/steps/bodies/2/round'],
  ['a quote of nobody who registered', instead(0, { bid: '00000000-0000-4000-8000-000000000077' }), '/steps/bodies/0/bid'],
  ['a quote that leaves one out', instead(2, { sequence: 4 }), '/steps/bodies/2/sequence'],
  ['a quote that names another before it', instead(2, { previous: '0'.repeat(64) }), '/steps/bodies/2/previous'],
  ['a quote dated back', instead(5, { quotedAt: '2026-11-20T02:50:00.000Z' }), '/steps/bodies/5/quotedAt'],
  ['a quote of another tender', instead(1, { tender: 'MD-220100-2026-000009' }), '/steps/bodies/1/tender'],
  ['a longer last round', { times: { startsAt: '2026-11-20T02:45:00.000Z', endsAt: '2026-11-20T02:58:00.000Z' } }, '/freeze/facts/auction/endsAt'],
  ['an earlier start', { times: { startsAt: '2026-11-20T02:44:00.000Z', endsAt: '2026-11-20T02:54:00.000Z' } }, '/freeze/facts/auction/startsAt'],
  ['an end before the end', { ended: 53 }, '/steps/opening/at'],
  ['a quote that was not counted', { auction: { quotes: 5 } }, '/steps/opening/facts/auction/quotes'],
  ['another last quote', { auction: { last: '0'.repeat(64) } }, '/steps/opening/facts/auction/last'],
  ['another price for a bidder', { opened: (opened) => opened.map((each, place) => (place ? each : { ...each, amountFen: 19_000_00 })) }, '/steps/opened/0/amountFen'],
  ['a bidder without a quote who has a price', { opened: (opened) => opened.map((each, place) => (place === 3 ? { ...each, outcome: 'valid', reason: null } : each)) }, '/steps/opened/3/outcome'],
]

test.each(FORGED)('what a platform that cheats signs itself is refused all the same: %s', (_, forged, field) => {
  expect(fieldsOf(auctionBundle({ forged }))[0]).toBe(field)
})

test('a quote after the last round, and one too many in a round, are refused', () => {
  expect(fieldsOf(auctionBundle({ calls: [...CALLS, { by: 1, after: 9, fen: 10_000_00 }], forged: { ended: 55 } }))[0]).toBe('/steps/bodies/6/quotedAt')
  const busy = [0, 1, 2].map((n) => ({ by: 0, after: n, fen: 49_000_00 - n * 100_00 }))
  expect(fieldsOf(auctionBundle({ calls: [...busy, { by: 1, after: 2, fen: 45_000_00 }] }))[0]).toBe('/steps/bodies/2')
})

test('where the freeze came after the planned start the bidders got the whole delay anew', () => {
  expect(faultsOf(auctionBundle({ forged: { frozen: 50 } }))).toEqual([])
})

test('a quote that is missing, put twice or in another place is refused', () => {
  const bundle = auctionBundle()
  const withQuotes = (pick: <T>(list: T[]) => T[]) => fieldsOf({ ...bundle, steps: { ...bundle.steps, quotes: pick(bundle.steps.quotes), bodies: pick(bundle.steps.bodies) }, ledger: { ...bundle.ledger, steps: { ...bundle.ledger!.steps, quotes: pick(bundle.ledger!.steps.quotes) } } })[0]
  expect(withQuotes(([, ...rest]) => rest)).toBe('/steps/bodies/0/sequence')
  expect(withQuotes((list) => list.slice(0, -1))).toBe('/steps/opening/facts/auction/quotes')
  expect(withQuotes(([first, ...rest]) => [first!, first!, ...rest])).toMatch(/^\/ledger\/steps\/quotes\/1/)
  expect(withQuotes(([first, second, ...rest]) => [second!, first!, ...rest])).toMatch(/^\/ledger\/steps\/quotes\/1/)
})

test('any auction that the product would hold is found right', { timeout: 60_000 }, () => {
  const wish = fc.record({ by: fc.nat({ max: 3 }), after: fc.integer({ min: 0, max: 8 }), below: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4_000_00 })) })
  fc.assert(fc.property(fc.array(wish, { minLength: 2, maxLength: 14 }), (wishes) => {
    const calls = takenCalls([{ by: 0, after: 0, below: 0 }, { by: 1, after: 0, below: 0 }, ...wishes])
    expect(faultsOf(auctionBundle({ calls }))).toEqual([])
  }), { numRuns: 40 })
})
