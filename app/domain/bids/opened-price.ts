import type { Fen } from '../money.ts'
import type { ExplanationFault } from './explanation.ts'
import type { Invalidity } from './opened.ts'
import type { Quote } from './quote.ts'
import type { LowMark } from './ranking.ts'

/** One opened bid as everybody reads it: who, how much, whether it counts, why not, whether it was marked as low and what its bidder says to that. */
export type OpenedPrice = {
  bid: string
  uscc: string
  name: string
  /** Its place in the order; null before the prices are ranked, and of what does not count. */
  place: number | null
  quote: Quote | null
  amountFen: Fen | null
  invalid: Invalidity | null
  lowMarks: LowMark[]
  explanation: { words: string; at: string } | null
}

/** The opened prices of one tender, as one reader sees them. */
export type ShownPrices = {
  prices: OpenedPrice[]
  /** For people to read: the mean of the valid prices in fen, or in hundredths of a percent of discount. */
  mean: Quote | null
  /** The reader's own bid, where it is among them. */
  own: string | null
  /** May the reader explain a price? `null` where it may, and why not where it may not. */
  why: ExplanationFault | null
}
