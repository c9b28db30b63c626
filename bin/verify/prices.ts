import { checkPrices } from './price-checks.ts'
import { priceShapes } from './price-shape.ts'
import { checkShortlist } from './shortlist-checks.ts'
import { costAt } from './price.ts'
import type { Parts } from './verify.ts'

/** What checking a selection by sealed price, or a shortlist by credit, needs besides; pages load it only where it may be asked for (docs/decisions/023). */
export const prices: NonNullable<Parts['prices']> = { shapes: priceShapes, check: (bundle, findings) => (bundle.method === 'credit-shortlist' ? checkShortlist(bundle, findings) : checkPrices(bundle, findings)), costAt }
