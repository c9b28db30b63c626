import { parsePercent, type PercentFault } from '../percent.ts'
import type { QuoteRule } from '../tenders/quote-rule.ts'
import { parseYuan, type MoneyFault } from '../yuan.ts'
import { quoteFault, type Quote, type QuoteFault } from './quote.ts'

/** Why a text is no price: codes of words, each with its sentence at the field. */
export type PriceFault = MoneyFault | `sealing.${'price-zero' | 'discount' | 'discount-decimals' | QuoteFault}`
/** All of them, for the browser, which seals what the server never sees. */
export const PRICE_FAULTS = [
  'forms.required', 'forms.money', 'forms.money-decimals', 'forms.money-negative', 'forms.money-large',
  'sealing.price-zero', 'sealing.discount', 'sealing.discount-decimals', 'sealing.other-kind', 'sealing.over-ceiling', 'sealing.outside-bounds',
] as const satisfies PriceFault[]

const DISCOUNT_FAULTS = { 'forms.required': 'forms.required', 'forms.percent': 'sealing.discount', 'forms.percent-decimals': 'sealing.discount-decimals' } as const satisfies Record<PercentFault, PriceFault>

/**
 * Reads what somebody typed as the price of a sealed bid: an amount in yuan (`12,000.50`, `１２０００ 元`), or a discount in percent
 * (`12.5`, `12.50%`, `１２．５％`), as the tender wants it. Nothing is rounded or guessed.
 *
 * @param ceilingFen the most that the tender pays
 * @returns the price, fit for the tender, or why there is none
 */
export function parsePrice(text: string, rule: QuoteRule, ceilingFen: number): { quote: Quote } | { fault: PriceFault } {
  const read = rule.kind === 'money' ? moneyOf(text) : discountOf(text)
  if ('fault' in read) return read
  const fault = quoteFault(read.quote, rule, ceilingFen)
  return fault ? { fault: `sealing.${fault}` } : read
}

function moneyOf(text: string): { quote: Quote } | { fault: PriceFault } {
  const read = parseYuan(text)
  if ('fault' in read) return read
  return read.fen > 0 ? { quote: { kind: 'money', fen: read.fen } } : { fault: 'sealing.price-zero' }
}

function discountOf(text: string): { quote: Quote } | { fault: PriceFault } {
  const read = parsePercent(text)
  if ('fault' in read) return { fault: DISCOUNT_FAULTS[read.fault] }
  return { quote: { kind: 'discount', basisPoints: read.basisPoints } }
}
