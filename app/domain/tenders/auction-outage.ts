import { lengthOf, spansOf, type AuctionTerms, type AuctionTimes, type RoundSpan } from './auction.ts'
import type { Gap } from './outage.ts'

/** What gave an auction further rounds: an outage that was measured, or one that two operators vouched for. */
export type AuctionExtensionCause = 'outage' | 'operator'

/** One extension as everybody reads it. `fromEndsAt` is the end that stood before it. */
export type ShownAuctionExtension = { ordinal: number; cause: AuctionExtensionCause; reason: string; gapFrom: string; gapUntil: string; fromEndsAt: string; startsAt: string; endsAt: string; extendedAt: string }

/** How much of an auction's rounds a gap took: milliseconds within them, and how many of them it touched. */
export function lostRounds(gap: Gap, times: AuctionTimes, terms: AuctionTerms): { ms: number; rounds: number } {
  const length = lengthOf(terms.round)
  const lost = { ms: 0, rounds: 0 }
  for (const { startsAt, endsAt } of spansOf(times, terms)) {
    const [from, until] = [Math.max(gap.from.getTime(), startsAt.getTime()), Math.min(gap.until.getTime(), endsAt.getTime())]
    if (until <= from) continue
    lost.ms += until - from
    lost.rounds += Math.ceil((until - startsAt.getTime()) / length) - Math.floor((from - startsAt.getTime()) / length)
  }
  return lost
}

/** The gaps that an auction has to answer for, in their order: each took more of the rounds than the published rule bears, and no extension has answered any of it. */
export function gapsOfRounds(gaps: readonly Gap[], answered: readonly Gap[], times: AuctionTimes, terms: AuctionTerms): Gap[] {
  const { outage } = terms
  if (!outage) return []
  return gaps.filter((gap) => lostRounds(gap, times, terms).ms > lengthOf(outage) && !answered.some((other) => gap.from < other.until && other.from < gap.until))
}

/** The further rounds that a gap gives: as many as it touched, of the same length, after the last one and never sooner than the auction's delay from now, so that whoever was cut off hears of them. */
export function furtherRounds(gap: Gap, times: AuctionTimes, terms: AuctionTerms, at: Date): RoundSpan {
  const start = Math.max(at.getTime() + lengthOf(terms.delay), times.endsAt.getTime())
  return { startsAt: new Date(start), endsAt: new Date(start + lostRounds(gap, times, terms).rounds * lengthOf(terms.round)) }
}
