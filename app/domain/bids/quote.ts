import type { Fen } from '../money.ts'
import type { BasisPoints } from '../percent.ts'
import type { QuoteRule } from '../tenders/quote-rule.ts'

/*
 * The rules of prices. The bidder's browser knows them too, since a price that is sealed there is seen by nobody else before
 * the opening; so nothing heavy is imported here.
 */

/** What a bid asks for: whole fen, or a discount on the ceiling. */
export type Quote = { kind: 'money'; fen: Fen } | { kind: 'discount'; basisPoints: BasisPoints }

/** What is wrong with a price: codes of words, at the field when it is typed at the door, as the reason when it is opened. */
export type QuoteFault = 'other-kind' | 'over-ceiling' | 'outside-bounds'

/** Does a price fit the tender? Nothing is too low: an abnormally low price is asked about, and never refused by rule. */
export function quoteFault(quote: Quote, rule: QuoteRule, ceilingFen: Fen): QuoteFault | null {
  if (quote.kind !== rule.kind) return 'other-kind'
  if (quote.kind === 'money') return quote.fen > ceilingFen ? 'over-ceiling' : null
  return rule.kind === 'discount' && (quote.basisPoints < rule.least || quote.basisPoints > rule.most) ? 'outside-bounds' : null
}

/** What a price costs in fen; a discount is taken off the ceiling and half a fen is rounded up. */
export function amountOf(quote: Quote, ceilingFen: Fen): Fen {
  return quote.kind === 'money' ? quote.fen : Number((BigInt(ceilingFen) * BigInt(10_000 - quote.basisPoints) + 5_000n) / 10_000n)
}

/**
 * The whole number by which prices are compared: fen, or what a discount leaves in hundredths of a percent. Lower is
 * cheaper, and within one tender all are of one kind, so nothing is ever rounded before it is compared.
 */
export function comparable(quote: Quote): number {
  return quote.kind === 'money' ? quote.fen : 10_000 - quote.basisPoints
}
