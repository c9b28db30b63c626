import type { QuoteRule } from '../tenders/quote-rule.ts'
import type { TieRule } from '../tenders/tie-rule.ts'
import type { LotFault } from './lot.ts'
import type { PlanFault } from './plan-text.ts'
import type { PriceFault } from './price.ts'
import type { Holder } from './seal.ts'

/** What a bidder's browser is handed with the form, to seal a price without asking again (app/client/seal-bid.ts). */
export type SealingTask = {
  tender: string
  rules: string
  uscc: string
  holders: Holder[]
  /** How many of them open a bid together; absent where each has the whole key. */
  threshold?: number | undefined
  quote: QuoteRule
  tie: TieRule
  ceilingFen: number
  /** The most bytes of the contribution. */
  contributionBytes: number
  /** The most characters of a plan; null where none is wanted. */
  planCharacters: number | null
  /** A sentence for everything that may be wrong with a price and what comes with it, in the reader's language. */
  faults: Record<PriceFault | LotFault | PlanFault | 'tenders.contribution-long', string>
  say: Record<'sealing' | 'sending' | 'failed' | 'broken' | 'cannot' | 'same' | 'differs' | 'file', string>
}
