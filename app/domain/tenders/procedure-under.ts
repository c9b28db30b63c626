import { atLeast, type Period } from '#app/domain/calendar.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { GRADES } from '#app/domain/agencies/credit-grade.ts'
import type { Randomness } from '#app/domain/draw/terms.ts'
import { lifeUnder } from './life.ts'
import { auctionTerms, type AuctionRule } from './auction.ts'
import { auctionProcedure } from './auction-procedure.ts'
import { meritProcedure } from './merit-procedure.ts'
import type { Merit } from './merit.ts'
import { directProcedure, pricedProcedure, randomProcedure, type Procedure } from './procedure.ts'
import type { QuoteRule } from './quote-rule.ts'
import type { TieRule } from './tie-rule.ts'
import { shortlistProcedure } from './shortlist-procedure.ts'
import type { Method, ShortlistSizes } from './tender.ts'
import { sharedSealing } from './two-keys-rule.ts'

/**
 * The procedure that a division's policy of the day gives to a tender of a method: what is previewed and what is published
 * come from here alike.
 *
 * @param quote how prices are named, where the method compares any
 * @param tie what puts equal prices in order, where they are sealed
 * @param twoKeys whether its owner wants prices sealed so that nobody opens them alone
 * @param auctionRule how its owner wants an auction, where it is one, of a purchase up to `ceilingFen`
 * @param sizes how long the lists of a credit shortlist are
 * @param merit criteria and judges that add up, where the method is by merit
 * @param demo whether the marketplace only shows how it works
 */
export function procedureUnder(policies: Policies, { method, quote, tie, twoKeys, auctionRule, sizes, merit, ceilingFen, demo }: { method: Method; quote: QuoteRule; tie: TieRule; twoKeys: boolean; auctionRule: AuctionRule | null; sizes: ShortlistSizes | null; merit: Merit | null; ceilingFen: number; demo: boolean }): Procedure {
  const bidsPerAgency = policies.bidsPerAgency.value
  const life = lifeUnder(policies, { demo })
  if (method === 'direct') return directProcedure({ application: policies.directAcceptance.value, bidsPerAgency, life })
  const common = { minimumBidders: policies.minimumBidders.value, application: policies.application.value, drawDelay: drawDelayUnder(policies, { demo }), bidsPerAgency, life, randomness: randomnessUnder(policies) }
  if (method === 'random') return randomProcedure(common)
  if (method === 'credit-shortlist') {
    const balls = GRADES.map((grade) => ({ grade, balls: policies[`creditBalls${grade}`].value }))
    return shortlistProcedure({ ...common, credit: { unrated: policies.creditUnrated.value, balls }, sizes: sizes ?? sizesUnder(policies), pickWithin: policies.ownerPicks.value })
  }
  const { lowQuoteOfMean, lowQuoteOfNext, lowQuoteOfCeiling, lowQuoteExplanation } = policies
  const lowQuote = { ofMean: lowQuoteOfMean.value, ofNext: lowQuoteOfNext.value, ofCeiling: lowQuoteOfCeiling.value, explanation: lowQuoteExplanation.value }
  if (method === 'live-auction') return auctionProcedure({ ...common, lowQuote, auction: auctionTerms(policies, auctionRule ?? POLICY_ALONE, ceilingFen) })
  const priced = { ...common, quote, lowQuote }
  if (method !== 'merit') return pricedProcedure(method, { ...priced, tie, ...(twoKeys && { sealing: sharedSealing(policies) }) })
  return meritProcedure({ ...priced, merit: merit!, scoring: policies.scoring.value, planCharacters: policies.planCharacters.value, plans: policies.plansPublic.value })
}

/** An owner who chose nothing. */
const POLICY_ALONE: AuctionRule = { rounds: null, minutes: null, stepFen: null }

/** Between close and draw there is time for the freeze to be under a checkpoint that others keep, whatever a division would like. */
const LEAST_DRAW_DELAY = { n: 10, unit: 'min' } as const

/**
 * How long after the close the value that decides appears.
 *
 * @param demo whether the marketplace only shows how it works: there alone it may be seconds
 */
export function drawDelayUnder({ drawDelay }: Pick<Policies, 'drawDelay'>, { demo }: { demo: boolean }): Period {
  return demo ? drawDelay.value : atLeast(drawDelay.value, LEAST_DRAW_DELAY)
}

/** Where the value that decides comes from in a division, and how a random order is made of it. */
export function randomnessUnder({ drawSource, lotteryGame, drawAlgorithm }: Policies): Randomness {
  const rules = drawAlgorithm.value
  return drawSource.value === 'lottery' ? { source: 'lottery', game: lotteryGame.value, rules } : { source: drawSource.value, rules }
}

/** What a form proposes for the lists of a credit shortlist. */
export function sizesUnder({ bigListSize, smallListSize }: Pick<Policies, 'bigListSize' | 'smallListSize'>): ShortlistSizes {
  return { big: bigListSize.value, small: smallListSize.value }
}
