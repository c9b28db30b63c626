import { z } from 'zod'
import type { Policies } from '#app/domain/divisions/policy.ts'
import type { Period } from '../calendar.ts'
import type { Fen } from '../money.ts'

/** What an owner may choose, in rounds and whole minutes. More would keep bidders at their desks for longer than a day's work. */
export const AUCTION_BOUNDS = { rounds: 10, minutes: 60 } as const
/** A step may be this share of the ceiling at most: a larger one ends an auction with its first quote. */
const STEP_AT_MOST = 10
const WHOLE_YUAN = 100

/** How an owner wants an auction; what is left open the division's policy says. */
export type AuctionRule = { rounds: number | null; minutes: number | null; stepFen: Fen | null }

/** Seconds, minutes and hours run by the clock alone, so that anybody can count an auction's instants again without a calendar. */
const Clocked = z.object({ n: z.number().int().min(1), unit: z.enum(['s', 'min', 'h']) })

/** What governs one auction, as its tender's procedure has it. */
export const AuctionTerms = z.object({
  /** From the deadline, or from a freeze that came late, to the first round. */
  delay: Clocked,
  rounds: z.number().int().min(1).max(AUCTION_BOUNDS.rounds),
  round: Clocked,
  /** By how much a quote must be lower, in fen. */
  stepFen: z.number().int().min(1),
  /** How many quotes one bidder may make in a round: each is an entry of the ledger for ever. */
  quotesPerRound: z.number().int().min(1),
  /** Time in which nobody was served within the rounds: more than this gives rounds back. Auctions that were published before this rule have none, and are not extended. */
  outage: Clocked.optional(),
})
export type AuctionTerms = z.infer<typeof AuctionTerms>

/** A span of rounds without a break: from `startsAt` on, and before `endsAt`. */
export type RoundSpan = { startsAt: Date; endsAt: Date }

/** When an auction runs: from `startsAt` on, and before `endsAt`, which is the end of the further rounds where an outage gave any. */
export type AuctionTimes = RoundSpan & {
  /** Further rounds, span after span; between two spans no round runs. */
  further?: readonly RoundSpan[]
}

const MILLISECONDS = { s: 1000, min: 60_000, h: 3_600_000 } as const

/** How long a period of the clock lasts, in milliseconds. */
export function lengthOf({ n, unit }: z.infer<typeof Clocked>): number {
  return n * MILLISECONDS[unit]
}

/** The auction's terms under a division's policy, with what the owner chose. Without a step of the owner's it is the policy's share of the ceiling, in whole yuan. */
export function auctionTerms({ auctionDelay, auctionRounds, auctionRound, auctionStep, auctionQuotes, auctionOutage }: Pick<Policies, 'auctionDelay' | 'auctionRounds' | 'auctionRound' | 'auctionStep' | 'auctionQuotes' | 'auctionOutage'>, { rounds, minutes, stepFen }: AuctionRule, ceilingFen: Fen): AuctionTerms {
  const usual = Math.max(1, Math.min(mostStep(ceilingFen), Math.round((ceilingFen * auctionStep.value) / WHOLE_YUAN) * WHOLE_YUAN || 1))
  const round: Period = minutes === null ? auctionRound.value : { n: minutes, unit: 'min' }
  return AuctionTerms.parse({ delay: auctionDelay.value, rounds: rounds ?? auctionRounds.value, round, stepFen: stepFen ?? usual, quotesPerRound: auctionQuotes.value, outage: auctionOutage.value })
}

/** The largest step that a ceiling allows, in fen. */
export function mostStep(ceilingFen: Fen): Fen {
  return Math.max(1, Math.floor(ceilingFen / STEP_AT_MOST))
}

/** When an auction is planned to run, as publication knows it. */
export function plannedAuction(terms: AuctionTerms, closesAt: Date): AuctionTimes {
  return from(terms, closesAt.getTime() + lengthOf(terms.delay))
}

/**
 * When an auction runs. It begins as planned; where the close had to wait for an answer, and the pool is frozen after the
 * planned beginning, the bidders get the whole delay anew, so that nobody finds rounds gone before they could be known.
 */
export function auctionTimes(terms: AuctionTerms, { closesAt, frozenAt }: { closesAt: Date; frozenAt: Date }): AuctionTimes {
  const planned = plannedAuction(terms, closesAt)
  return frozenAt <= planned.startsAt ? planned : from(terms, frozenAt.getTime() + lengthOf(terms.delay))
}

/** What an event says of the auction where its deadline has moved; nothing in every other method. */
export function movedStart(procedure: { method: string; auction?: AuctionTerms }, closesAt: Date): { startsAt?: string } {
  return procedure.auction ? { startsAt: plannedAuction(procedure.auction, closesAt).startsAt.toISOString() } : {}
}

function from({ rounds, round }: Pick<AuctionTerms, 'rounds' | 'round'>, start: number): RoundSpan {
  return { startsAt: new Date(start), endsAt: new Date(start + rounds * lengthOf(round)) }
}

/** All spans of an auction's rounds, the first one first. */
export function spansOf({ startsAt, further = [] }: Pick<AuctionTimes, 'startsAt' | 'further'>, terms: Pick<AuctionTerms, 'rounds' | 'round'>): RoundSpan[] {
  return [from(terms, startsAt.getTime()), ...further]
}

/** How many rounds an auction has, with those that outages gave. */
export function roundsOf(times: Pick<AuctionTimes, 'startsAt' | 'further'>, terms: Pick<AuctionTerms, 'rounds' | 'round'>): number {
  return spansOf(times, terms).reduce((count, span) => count + roundsIn(span, terms), 0)
}

/** How many rounds a span of them has. */
export function roundsIn({ startsAt, endsAt }: RoundSpan, { round }: Pick<AuctionTerms, 'round'>): number {
  return Math.round((endsAt.getTime() - startsAt.getTime()) / lengthOf(round))
}

/**
 * Where an auction is: its round from 1 and when that ends; null before the first, after the last, and between the last round before
 * further ones and the first of these. A round ends by the clock and by nothing else. Further rounds are numbered on.
 */
export function roundAt(times: Pick<AuctionTimes, 'startsAt' | 'further'>, terms: Pick<AuctionTerms, 'rounds' | 'round'>, at: Date): { number: number; endsAt: Date } | null {
  let before = 0
  for (const span of spansOf(times, terms)) {
    if (at >= span.startsAt && at < span.endsAt) {
      const inSpan = Math.floor((at.getTime() - span.startsAt.getTime()) / lengthOf(terms.round)) + 1
      return { number: before + inSpan, endsAt: new Date(span.startsAt.getTime() + inSpan * lengthOf(terms.round)) }
    }
    before += roundsIn(span, terms)
  }
  return null
}

/** The next round and when it begins, where none runs and one is to come. */
export function nextRound(times: Pick<AuctionTimes, 'startsAt' | 'further'>, terms: Pick<AuctionTerms, 'rounds' | 'round'>, at: Date): { number: number; startsAt: Date } | null {
  if (roundAt(times, terms, at)) return null
  let before = 0
  for (const span of spansOf(times, terms)) {
    if (at < span.startsAt) return { number: before + 1, startsAt: span.startsAt }
    before += roundsIn(span, terms)
  }
  return null
}

/** When further rounds begin of an auction whose rounds have paused; null where they run, or none are to come. */
export function resumesAt({ auction, publication }: { auction: AuctionTimes | null; publication: { procedure: { method: string; auction?: AuctionTerms } } | null }, at: Date): Date | null {
  const terms = publication?.procedure.auction
  return auction && terms ? (nextRound(auction, terms, at)?.startsAt ?? null) : null
}

export type AuctionFault = 'tenders.method-not-open' | 'drafts.price-alone'

/** Why a purchase may not be auctioned, or null where it may: where prices alone may not decide, an auction's may not either. */
export function whyNotAuction(policies: Pick<Policies, 'auctionSelection' | 'noPriceAlone' | 'noAuction'>, categoryCode: string | null): AuctionFault | null {
  const isAmong = (categories: readonly string[]) => categories.some((category) => categoryCode?.startsWith(category))
  if (policies.auctionSelection.value === 'closed' || isAmong(policies.noAuction.value)) return 'tenders.method-not-open'
  return isAmong(policies.noPriceAlone.value) ? 'drafts.price-alone' : null
}
