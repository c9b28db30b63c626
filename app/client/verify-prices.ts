import { checkPrices } from '#verify/price-checks.ts'
import { priceShapes } from '#verify/price-shape.ts'
import type { Parts } from '#verify/verify.ts'

/** What checking a selection by sealed price needs besides; a page fetches it where it may be asked for (docs/decisions/023). */
export const prices: Parts['prices'] = { shapes: priceShapes, check: checkPrices }
