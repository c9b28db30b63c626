import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auctionBundle, CALLS, FURTHER, GIVEN, takenCalls, type Forgery, type Given } from '#tests/support/auctioned.ts'
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

test('one flipped bit in any value is refused, and the field that is named holds it', () => {
  const bundle = auctionBundle()
  expectFlipsNamed(bundle, faultsOf, { least: 320 })
})

/** An auction of which an outage took two rounds. */
const extended = (more: Parameters<typeof auctionBundle>[0] = {}) => auctionBundle({ calls: FURTHER, given: GIVEN, ...more })

test('further rounds that an outage gave are counted again from what publication promised', () => {
  const bundle = extended()
  const { passed, faults } = verifyBundle(JSON.stringify(bundle))
  expect(faults).toEqual([])
  expect(passed.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(/^Further rounds were given once/))
  expect(bundle.winner).toBe(labelNo(0))
  expect(bundle.steps.bodies.map(({ round }) => round)).toEqual([1, 1, 2, 2, 2, 4, 5])
  const [extension] = bundle.steps.extensions!
  expect(extension!.facts).toMatchObject({ extension: { number: 1, fromEndsAt: '2026-11-20T02:54:00.000Z', startsAt: '2026-11-20T03:09:00.000Z', endsAt: '2026-11-20T03:15:00.000Z' } })
  const inChinese = verifyAtOnce({ bundle: JSON.stringify(bundle) }, { keys: [] }, zh)
  expect([inChinese.faults, inChinese.passed.length]).toEqual([[], passed.length])
  for (const { sentence } of inChinese.passed) expect(sentence).toMatch(/[一-鿿]/)
})

test('what an operator vouched for while the rounds ran is given after them, and further rounds are extended again', () => {
  const given: Given[] = [{ from: 1, until: 4, at: 5, cause: 'operator' }, { from: 20, until: 22, at: 26 }]
  const bundle = auctionBundle({ calls: [...CALLS.slice(0, 5), { by: 2, after: 20, fen: 46_000_00 }, { by: 1, after: 41, fen: 45_000_00 }], given })
  expect(faultsOf(bundle)).toEqual([])
  expect(bundle.steps.extensions).toHaveLength(2)
  expect(bundle.steps.bodies.slice(5).map(({ round }) => round)).toEqual([4, 6])
})

test('two outages that are answered at once give their rounds without a break', () => {
  const bundle = auctionBundle({ calls: [...CALLS.slice(0, 5), { by: 2, after: 29, fen: 46_000_00 }, { by: 1, after: 30, fen: 45_000_00 }], given: [{ from: 1, until: 5, at: 9 }, { from: 7, until: 9, at: 9 }] })
  expect(faultsOf(bundle)).toEqual([])
  expect(bundle.steps.bodies.slice(5).map(({ round }) => round)).toEqual([5, 6])
})

test('one flipped bit in an extended auction is refused, and the field that is named holds it', () => {
  const own = (way: string[]) => way.includes('extensions') || way.includes('auction') || way.includes('opening')
  expectFlipsNamed(extended(), faultsOf, { least: 60, among: own })
})

const facts = (change: Record<string, unknown>): Forgery => ({ extension: (fair) => ({ ...fair, ...change }) as typeof fair })
const EXTENDED_FALSELY: [what: string, more: Parameters<typeof auctionBundle>[0], field: string][] = [
  ['an outage that publication bears', { given: [{ from: 1, until: 2, at: 9 }], calls: FURTHER.slice(0, 6) }, '/steps/extensions/0/facts/extension/gap'],
  ['an outage of which too little lay within the rounds', { given: [{ from: -5, until: 1, at: 9 }], calls: FURTHER.slice(0, 6) }, '/steps/extensions/0/facts/extension/gap'],
  ['an outage that lasts on', { given: [{ from: 1, until: 10, at: 9 }] }, '/steps/extensions/0/facts/extension/gap/until'],
  ['rounds too many', { forged: facts({ endsAt: '2026-11-20T03:18:00.000Z' }) }, '/steps/extensions/0/facts/extension/endsAt'],
  ['rounds too few', { calls: FURTHER.slice(0, 6), forged: facts({ endsAt: '2026-11-20T03:12:00.000Z' }) }, '/steps/extensions/0/facts/extension/endsAt'],
  ['rounds that nobody could have heard of', { forged: facts({ startsAt: '2026-11-20T03:08:00.000Z' }) }, '/steps/extensions/0/facts/extension/startsAt'],
  ['another end before', { forged: facts({ fromEndsAt: '2026-11-20T02:53:00.000Z' }) }, '/steps/extensions/0/facts/extension/fromEndsAt'],
  ['another number', { forged: facts({ number: 2 }) }, '/steps/extensions/0/facts/extension/number'],
  ['another freeze', { forged: facts({ freeze: '00000000-0000-4000-8000-000000000077' }) }, '/steps/extensions/0/facts/extension/freeze'],
  ['a cause of no rule', { forged: facts({ cause: 'owner' }) }, '/steps/extensions/0/facts/extension/cause'],
  ['a measured outage before the last round is over', { given: [{ from: 1, until: 5, at: 8 }] }, '/steps/extensions/0/at'],
  ['an outage that counts twice', { given: [GIVEN[0]!, { from: 4, until: 6, at: 30 }], calls: FURTHER.slice(0, 6) }, '/steps/extensions/1/facts/extension/gap'],
  ['no rule in the publication', { forged: { noRule: true } }, '/steps/extensions/0'],
  ['an end before the further rounds are over', { forged: { ended: 74 } }, '/steps/opening/at'],
  ['an end that names none', { forged: { auction: { extensions: ['00000000-0000-4000-8000-000000000077'] } } }, '/steps/opening/facts/auction/extensions'],
  ['a quote between the last round and the further ones', { calls: [...FURTHER.slice(0, 5), { by: 2, after: 15, fen: 46_000_00 }] }, '/steps/bodies/5/quotedAt'],
  ['a quote after the further rounds', { calls: [...FURTHER, { by: 1, after: 30, fen: 10_000_00 }], forged: { ended: 76 } }, '/steps/bodies/7/quotedAt'],
  ['a further round numbered anew', { forged: { body: (body, place) => (place === 5 ? { ...body, round: 1 } : body) } }, '/steps/bodies/5/round'],
]

test.each(EXTENDED_FALSELY)('further rounds that were given falsely are refused though all is signed: %s', (_, more, field) => {
  expect(fieldsOf(extended(more))[0]).toBe(field)
})

test('an extension that is left out, put twice, or has no proof is refused', () => {
  const bundle = extended()
  const withExtensions = (pick: <T>(list: T[]) => T[], proofs = pick) => fieldsOf({ ...bundle, steps: { ...bundle.steps, extensions: pick(bundle.steps.extensions!) }, ledger: { ...bundle.ledger, steps: { ...bundle.ledger!.steps, extensions: proofs(bundle.ledger!.steps.extensions!) } } })[0]
  const { extensions: _, ...steps } = bundle.steps
  const { extensions: __, ...proofs } = bundle.ledger!.steps
  expect(fieldsOf({ ...bundle, steps, ledger: { ...bundle.ledger, steps: proofs } })[0]).toBe('/steps/opening/facts/auction/extensions')
  expect(fieldsOf({ ...bundle, ledger: { ...bundle.ledger, steps: proofs } })[0]).toBe('/ledger/steps/extensions')
  expect(fieldsOf({ ...bundle, steps })[0]).toMatch(/extensions/)
  expect(withExtensions(([one]) => [one!, one!])).toMatch(/^\/ledger\/steps\/extensions\/1/)
  expect(withExtensions((list) => list, (list) => [...list, ...list])).toBe('/ledger/steps/extensions')
})

test('an auction without the rule verifies as before, and one with it that was never extended does', () => {
  expect(faultsOf(auctionBundle())).toEqual([])
  expect(faultsOf(auctionBundle({ given: [] }))).toEqual([])
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

test('any auction that the product would hold is found right', () => {
  const wish = fc.record({ by: fc.nat({ max: 3 }), after: fc.integer({ min: 0, max: 8 }), below: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4_000_00 })) })
  fc.assert(fc.property(fc.array(wish, { minLength: 2, maxLength: 14 }), (wishes) => {
    const calls = takenCalls([{ by: 0, after: 0, below: 0 }, { by: 1, after: 0, below: 0 }, ...wishes])
    expect(faultsOf(auctionBundle({ calls }))).toEqual([])
  }), { numRuns: 40 })
})
