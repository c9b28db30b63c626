import type { Policies } from '#app/domain/divisions/policy.ts'
import type { Randomness } from '#app/domain/draw/terms.ts'
import { lifeUnder } from './life.ts'
import { meritProcedure } from './merit-procedure.ts'
import type { Merit } from './merit.ts'
import { directProcedure, pricedProcedure, randomProcedure, type Procedure } from './procedure.ts'
import type { QuoteRule } from './quote-rule.ts'
import type { Method } from './tender.ts'

/**
 * The procedure that a division's policy of the day gives to a tender of a method: what is previewed and what is published
 * come from here alike.
 *
 * @param quote how prices are named, where the method compares any
 * @param merit criteria and judges that add up, where the method is by merit
 * @param demo whether the marketplace only shows how it works
 */
export function procedureUnder(policies: Policies, { method, quote, merit, demo }: { method: Method; quote: QuoteRule; merit: Merit | null; demo: boolean }): Procedure {
  const bidsPerAgency = policies.bidsPerAgency.value
  const life = lifeUnder(policies, { demo })
  if (method === 'direct') return directProcedure({ application: policies.directAcceptance.value, bidsPerAgency, life })
  const common = { minimumBidders: policies.minimumBidders.value, application: policies.application.value, drawDelay: policies.drawDelay.value, bidsPerAgency, life, randomness: randomnessUnder(policies) }
  if (method === 'random') return randomProcedure(common)
  const { lowQuoteOfMean, lowQuoteOfNext, lowQuoteOfCeiling, lowQuoteExplanation } = policies
  const priced = { ...common, quote, lowQuote: { ofMean: lowQuoteOfMean.value, ofNext: lowQuoteOfNext.value, ofCeiling: lowQuoteOfCeiling.value, explanation: lowQuoteExplanation.value } }
  if (method !== 'merit') return pricedProcedure(method, priced)
  return meritProcedure({ ...priced, merit: merit!, scoring: policies.scoring.value, planCharacters: policies.planCharacters.value, plans: policies.plansPublic.value })
}

/** Where the value that decides comes from in a division, and how a random order is made of it. */
export function randomnessUnder({ drawSource, lotteryGame, drawAlgorithm }: Policies): Randomness {
  const rules = drawAlgorithm.value
  return drawSource.value === 'lottery' ? { source: 'lottery', game: lotteryGame.value, rules } : { source: drawSource.value, rules }
}
