import { z } from 'zod'
import { BidForm } from './bid.ts'
import { MOST_CHARACTERS } from './envelope.ts'
import { parseLot } from './lot.ts'
import { parsePrice } from './price.ts'
import type { QuoteRule } from '../tenders/quote-rule.ts'
import type { TieRule } from '../tenders/tie-rule.ts'

const MOST_LOT_SIGNS = 16
/** Nobody types a price that long; what is longer was not meant as one. */
const MOST_SIGNS = 64

/**
 * What an agency sends where prices are sealed: a price for the door, or what its own browser has sealed, and never both. The
 * bid's number was handed out with the form, so that a form sent twice is one bid; it is spelled in one way, since it is sealed in.
 */
export const SealedBidForm = BidForm.extend({
  bid: z.uuid('sealing.other-bid').regex(/^[0-9a-f-]+$/, 'sealing.other-bid'),
  price: z.string().max(MOST_SIGNS, 'sealing.price-long').default(''),
  /** The bidder's own number, where equal prices are put in order by such. */
  lot: z.string().max(MOST_LOT_SIGNS, 'lots.three-digits').default(''),
  /** The plan, where one is judged; the procedure says how long it may be. */
  plan: z.string().max(MOST_CHARACTERS, 'merit.plan-long').default(''),
  envelope: z.string().max(MOST_CHARACTERS, 'sealing.too-long').default(''),
})
export type SealedBidForm = z.output<typeof SealedBidForm>

type Typed = Partial<Record<'price' | 'lot' | 'plan' | 'envelope', unknown>>
type Rule = { quote: QuoteRule; tie: TieRule; ceilingFen: number }

/**
 * The form of one tender, which also knows what its prices and numbers have to be: whatever is wrong is said at once, each at its
 * field. What the browser has sealed is looked at when it is opened.
 */
export function sealedBidForm({ quote, tie, ceilingFen }: Rule) {
  const typed = (value: unknown, most: number) => (value === undefined ? '' : typeof value === 'string' && value.length <= most ? value : null)
  const isSealed = ({ price, plan, envelope }: Typed) => typed(price, MOST_SIGNS) === '' && !plan && Boolean(envelope)
  const faultIn = (given: unknown, field: 'price' | 'lot'): string | null => {
    const form = (given ?? {}) as Typed
    const text = typed(form[field], field === 'price' ? MOST_SIGNS : MOST_LOT_SIGNS)
    // What is no text or too long has been told already.
    if (text === null || isSealed(form)) return null
    const read = field === 'price' ? parsePrice(text, quote, ceilingFen) : tie === 'electronic-lot' ? parseLot(text) : {}
    return 'fault' in read ? String(read.fault) : null
  }
  const rule = (field: 'price' | 'lot') => ({ path: [field], error: ({ input }: { input?: unknown }) => faultIn(input, field) ?? undefined, when: () => true })
  return SealedBidForm.extend({ act: z.literal('submit') })
    .refine((form) => faultIn(form, 'price') === null, rule('price'))
    .refine((form) => faultIn(form, 'lot') === null, rule('lot'))
}
