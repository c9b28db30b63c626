import { z } from 'zod'
import type { TieRule } from '../tenders/tie-rule.ts'
import { isLotNumber } from './lot.ts'
import type { Quote as Price } from './quote.ts'

export { amountOf, comparable, quoteFault, type QuoteFault } from './quote.ts'

export const Quote = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('money'), fen: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  z.strictObject({ kind: z.literal('discount'), basisPoints: z.number().int().min(0).max(10_000) }),
]) satisfies z.ZodType<Price>
export type Quote = Price

/** What stands under the seal of a bid that names a price. The salt keeps a price from being guessed from any hash, and its length from being told (offer-salt.ts). */
export const Offer = z.strictObject({
  tender: z.string(),
  bid: z.string(),
  uscc: z.string(),
  quote: Quote,
  contribution: z.string().max(256),
  /** Three digits, where equal prices are put in order by the bidders' own numbers. */
  lot: z.string().refine(isLotNumber).optional(),
  salt: z.string().regex(/^[0-9a-f]{32,1024}$/),
})
export type Offer = z.infer<typeof Offer>

/** Does an offer bring a number of its own exactly where its tender asks for one? */
export function hasLotAsAsked({ lot }: Pick<Offer, 'lot'>, tie: TieRule): boolean {
  return (lot !== undefined) === (tie === 'electronic-lot')
}
