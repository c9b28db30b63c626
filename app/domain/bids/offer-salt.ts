import { canonical } from '../ledger/canonical-json.ts'
import type { Quote } from './quote.ts'

/** No salt is shorter, in hex digits: it keeps a price from being guessed from any hash. */
export const LEAST_SALT = 32
/** What encrypts hides no length. So offers are as long as the next multiple of this, in bytes, whatever their price. */
const BLOCK = 512
/** A plan is as long as the next multiple of this: most plans fill one or two, so that neither a short nor a long one stands out. */
export const PLAN_BLOCK = 8192
/** As many digits as a price can have. */
const PRICE_DIGITS = 16

/**
 * How many hex digits of salt make an offer as long as every other one with such a contribution, so that the length of what is
 * sealed does not tell how many digits its price has.
 *
 * @param offer without its salt
 */
export function saltDigits(offer: { quote: Quote }): number {
  const length = new TextEncoder().encode(canonical({ ...offer, salt: '' })).length
  const digits = String(offer.quote.kind === 'money' ? offer.quote.fen : offer.quote.basisPoints).length
  const whole = Math.ceil((length - digits + PRICE_DIGITS + LEAST_SALT) / BLOCK) * BLOCK
  return whole - length
}

/**
 * How many hex digits of salt make a plan fill whole blocks, so that the length of what is sealed tells next to nothing of what is written.
 *
 * @param plan without its salt
 */
export function planSaltDigits(plan: { text: string }): number {
  const length = new TextEncoder().encode(canonical({ ...plan, salt: '' })).length
  return Math.ceil((length + LEAST_SALT) / PLAN_BLOCK) * PLAN_BLOCK - length
}
