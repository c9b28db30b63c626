import fc from 'fast-check'
import { expect, test } from 'vitest'
import { furtherRounds, gapsOfRounds, lostRounds } from '#app/domain/tenders/auction-outage.ts'
import { AuctionTerms, lengthOf, nextRound, roundAt, roundsIn, roundsOf, spansOf, type AuctionTimes } from '#app/domain/tenders/auction.ts'

const START = Date.UTC(2026, 10, 20, 2)
const MINUTE = 60_000
const at = (minutes: number) => new Date(START + minutes * MINUTE)
const gap = (from: number, until: number) => ({ from: at(from), until: at(until) })
/** Three rounds of three minutes, and a minute that an outage may take. */
const TERMS = AuctionTerms.parse({ delay: { n: 15, unit: 'min' }, rounds: 3, round: { n: 3, unit: 'min' }, stepFen: 100, quotesPerRound: 2, outage: { n: 60, unit: 's' } })
const TIMES: AuctionTimes = { startsAt: at(0), endsAt: at(9) }
const LATER: AuctionTimes = { ...TIMES, endsAt: at(30), further: [{ startsAt: at(24), endsAt: at(30) }] }

test.each([
  ['in one round', gap(1, 2.5), TIMES, 1.5, 1],
  ['over the turn of a round', gap(2, 4), TIMES, 2, 2],
  ['a round by the instant', gap(3, 6), TIMES, 3, 1],
  ['a millisecond of the next', { from: at(3), until: new Date(at(6).getTime() + 1) }, TIMES, 3 + 1 / MINUTE, 2],
  ['begun before the first', gap(-30, 1), TIMES, 1, 1],
  ['until after the last', gap(7, 60), TIMES, 2, 1],
  ['longer than all', gap(-5, 60), TIMES, 9, 3],
  ['before them', gap(-5, 0), TIMES, 0, 0],
  ['after them', gap(9, 20), TIMES, 0, 0],
  ['between them and further ones', gap(10, 23), LATER, 0, 0],
  ['from the last over the break into a further one', gap(8, 25), LATER, 2, 2],
] as const)('an outage %s takes so much time and so many rounds', (_, lost, times, minutes, rounds) => {
  expect(lostRounds(lost, times, TERMS)).toEqual({ ms: minutes * MINUTE, rounds })
})

test('a gap counts when it took more than the rule bears, and once; without a rule none does', () => {
  expect(gapsOfRounds([gap(1, 2)], [], TIMES, TERMS)).toEqual([])
  const over = { from: at(1), until: new Date(at(2).getTime() + 1) }
  expect(gapsOfRounds([gap(0, 0.5), over, gap(4, 6)], [], TIMES, TERMS)).toEqual([over, gap(4, 6)])
  expect(gapsOfRounds([over], [gap(1.5, 9)], TIMES, TERMS)).toEqual([])
  expect(gapsOfRounds([over], [gap(2.1, 9)], TIMES, TERMS)).toEqual([over])
  const { outage: _, ...before } = TERMS
  expect(gapsOfRounds([gap(0, 9)], [], TIMES, before)).toEqual([])
})

test('further rounds begin after the last one, and never sooner than the delay from now', () => {
  expect(furtherRounds(gap(2, 4), TIMES, TERMS, at(9))).toEqual({ startsAt: at(24), endsAt: at(30) })
  expect(furtherRounds(gap(2, 4), { startsAt: at(0), endsAt: at(60), further: [{ startsAt: at(9), endsAt: at(60) }] }, TERMS, at(9))).toEqual({ startsAt: at(60), endsAt: at(66) })
})

test('further rounds are numbered on, and between them and the last one before no round runs', () => {
  const rounds = [8.9, 9, 23.9, 24, 26.9, 27, 29.9, 30].map((minutes) => roundAt(LATER, TERMS, at(minutes))?.number ?? null)
  expect(rounds).toEqual([3, null, null, 4, 4, 5, 5, null])
  expect(roundAt(LATER, TERMS, at(25))).toEqual({ number: 4, endsAt: at(27) })
  expect([-1, 5, 9, 23, 30].map((minutes) => nextRound(LATER, TERMS, at(minutes)))).toEqual([{ number: 1, startsAt: at(0) }, null, { number: 4, startsAt: at(24) }, { number: 4, startsAt: at(24) }, null])
  expect(roundsOf(LATER, TERMS)).toBe(5)
})

test('whatever outages an auction had, its rounds never run twice or backwards, and each outage gave as many as it touched', () => {
  const outage = fc.record({ from: fc.integer({ min: -10, max: 120 }), lasted: fc.integer({ min: 1, max: 40 }), answered: fc.integer({ min: 0, max: 60 }) })
  fc.assert(fc.property(fc.array(outage, { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), (outages, minutes) => {
    const terms: AuctionTerms = { ...TERMS, round: { n: minutes, unit: 'min' } }
    let times: AuctionTimes = { startsAt: at(0), endsAt: at(3 * minutes) }
    let expected = 3
    for (const { from, lasted, answered } of outages) {
      const [found] = gapsOfRounds([gap(from, from + lasted)], [], times, terms)
      if (!found) continue
      const span = furtherRounds(found, times, terms, at(from + lasted + answered))
      expect(span.startsAt.getTime()).toBeGreaterThanOrEqual(Math.max(times.endsAt.getTime(), at(from + lasted + answered).getTime() + lengthOf(terms.delay)))
      expect(roundsIn(span, terms)).toBe(lostRounds(found, times, terms).rounds)
      expected += roundsIn(span, terms)
      times = { ...times, endsAt: span.endsAt, further: [...(times.further ?? []), span] }
    }
    expect(roundsOf(times, terms)).toBe(expected)
    const spans = spansOf(times, terms)
    let before = 0
    for (let instant = -MINUTE / 2; START + instant < times.endsAt.getTime() + MINUTE; instant += MINUTE / 2) {
      const now = new Date(START + instant)
      const round = roundAt(times, terms, now)
      expect(round !== null).toBe(spans.some(({ startsAt, endsAt }) => now >= startsAt && now < endsAt))
      expect(nextRound(times, terms, now) !== null).toBe(round === null && now < times.endsAt)
      if (!round) continue
      expect(round.number === before || round.number === before + 1).toBe(true)
      expect(round.endsAt > now && round.endsAt.getTime() - now.getTime() <= lengthOf(terms.round)).toBe(true)
      before = round.number
    }
    expect(before).toBe(expected)
  }), { numRuns: 60 })
})
