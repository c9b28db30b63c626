import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highestQuote, lastQuotes, quotesLeft, rankOf, whyNotQuote } from '#app/domain/bids/auction-quote.ts'
import { auctionTimes, AuctionTerms, roundAt } from '#app/domain/tenders/auction.ts'

const at = (minutes: number, ms = 0) => new Date(Date.UTC(2026, 10, 20, 2, minutes) + ms)
const TERMS = AuctionTerms.parse({ delay: { n: 30, unit: 'min' }, rounds: 3, round: { n: 180, unit: 's' }, stepFen: 100, quotesPerRound: 2 })
const LIMITS = { ...TERMS, ceilingFen: 1000 }
const said = (bidId: string, round: number, amountFen: number, sequence: number) => ({ bidId, round, amountFen, sequence })
const QUOTES = [said('a', 1, 900, 1), said('b', 1, 900, 2), said('a', 1, 800, 3)]

test.each([
  ['a first quote at the ceiling', 'c', 1, 1000, null],
  ['above the ceiling', 'c', 1, 1001, 'over-ceiling'],
  ['in the first round it need not be below the others', 'c', 1, 999, null],
  ['a step below one’s own', 'b', 1, 800, null],
  ['a fen less than a step', 'b', 1, 801, 'not-lower'],
  ['in a later round it begins a step below the round before', 'c', 2, 700, null],
  ['a fen above that', 'c', 2, 701, 'not-lower'],
  ['a third in one round', 'a', 1, 100, 'too-many-quotes'],
  ['the first of the next round', 'a', 2, 700, null],
] as const)('%s', (_, bid, round, amountFen, why) => {
  expect(whyNotQuote(QUOTES, { bid, round, amountFen }, LIMITS)).toBe(why)
})

test('where nothing lower is left it is said', () => {
  expect(whyNotQuote([said('a', 1, 100, 1)], { bid: 'b', round: 2, amountFen: 1 }, LIMITS)).toBe('no-lower')
})

test('equal prices share a rank, and who made no quote has none', () => {
  expect(['a', 'b', 'c'].map((bid) => rankOf(QUOTES, bid))).toEqual([1, 2, null])
  expect(['x', 'y', 'z'].map((bid) => rankOf([said('x', 1, 5, 1), said('y', 1, 5, 2), said('z', 1, 6, 3)], bid))).toEqual([1, 1, 3])
  expect(quotesLeft(QUOTES, { bid: 'a', round: 1, quotesPerRound: 2 })).toBe(0)
})

test('rounds follow one another without a gap, and end by the millisecond', () => {
  const times = auctionTimes(TERMS, { closesAt: at(0), frozenAt: at(1) })
  expect(times).toEqual({ startsAt: at(30), endsAt: at(39) })
  const rounds = [at(30, -1), at(30), at(33, -1), at(33), at(39, -1), at(39)].map((instant) => roundAt(times, TERMS, instant)?.number ?? null)
  expect(rounds).toEqual([null, 1, 1, 2, 3, null])
  expect(roundAt(times, TERMS, at(34))).toEqual({ number: 2, endsAt: at(36) })
})

test('a freeze that came after the planned start moves the rounds by the whole delay, and an earlier one by nothing', () => {
  expect(auctionTimes(TERMS, { closesAt: at(0), frozenAt: at(30) }).startsAt).toEqual(at(30))
  expect(auctionTimes(TERMS, { closesAt: at(0), frozenAt: at(30, 1) }).startsAt).toEqual(at(60, 1))
})

test('whatever is quoted, the row only ever comes down for each bidder, and the lowest of all is somebody’s last', () => {
  const call = fc.record({ bid: fc.constantFrom('a', 'b', 'c'), round: fc.integer({ min: 1, max: 3 }), amountFen: fc.integer({ min: 1, max: 1100 }) })
  fc.assert(fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
    const taken: ReturnType<typeof said>[] = []
    for (const { bid, round, amountFen } of calls.toSorted((one, other) => one.round - other.round)) {
      const highest = highestQuote(taken, { bid, round, ...{ ceilingFen: 1000, stepFen: 100 } })
      const why = whyNotQuote(taken, { bid, round, amountFen }, LIMITS)
      if (why === null) {
        expect(amountFen).toBeLessThanOrEqual(highest)
        taken.push(said(bid, round, amountFen, taken.length + 1))
      } else if (why !== 'too-many-quotes' && why !== 'no-lower') expect(amountFen).toBeGreaterThan(highest)
    }
    const last = [...lastQuotes(taken).values()]
    expect(Math.min(Infinity, ...last.map(({ amountFen }) => amountFen))).toBe(Math.min(Infinity, ...taken.map(({ amountFen }) => amountFen)))
    for (const { bidId } of last) expect(rankOf(taken, bidId)).toBeGreaterThanOrEqual(1)
  }))
})
