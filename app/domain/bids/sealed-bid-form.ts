import { z } from 'zod'
import { BidForm } from './bid.ts'
import { MOST_CHARACTERS } from './envelope.ts'

/** Nobody types a price that long; what is longer was not meant as one. */
const MOST_SIGNS = 64

/**
 * What an agency sends where prices are sealed: a price for the door, or what its own browser has sealed, and never both. The
 * bid's number was handed out with the form, so that a form sent twice is one bid; it is spelled in one way, since it is sealed in.
 */
export const SealedBidForm = BidForm.extend({
  bid: z.uuid('sealing.other-bid').regex(/^[0-9a-f-]+$/, 'sealing.other-bid'),
  price: z.string().max(MOST_SIGNS, 'sealing.price-long').default(''),
  /** The plan, where one is judged; the procedure says how long it may be. */
  plan: z.string().max(MOST_CHARACTERS, 'merit.plan-long').default(''),
  envelope: z.string().max(MOST_CHARACTERS, 'sealing.too-long').default(''),
})
export type SealedBidForm = z.output<typeof SealedBidForm>
