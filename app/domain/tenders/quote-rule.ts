import { z } from 'zod'

const MOST = 10_000
/** Hundredths of a percent. */
const Bound = z.number().int().min(0).max(MOST)

/** How a tender wants its prices: money, or a discount (下浮率) on the ceiling between two bounds in hundredths of a percent. */
export const QuoteRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('money') }),
  z.object({ kind: z.literal('discount'), least: Bound, most: Bound }).refine(({ least, most }) => least <= most, 'drafts.discount-bounds'),
])
export type QuoteRule = z.infer<typeof QuoteRule>

/** The ways in which a form names prices, the usual one first. */
export const QUOTE_KINDS = ['money', 'discount'] as const satisfies QuoteRule['kind'][]
