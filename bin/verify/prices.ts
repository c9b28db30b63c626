import { checkPrices } from './price-checks.ts'
import { priceShapes } from './price-shape.ts'
import { costAt } from './price.ts'
import type { Parts } from './verify.ts'

/** What checking a selection by sealed price needs besides; pages load it only where it may be asked for (docs/decisions/023). */
export const prices: NonNullable<Parts['prices']> = { shapes: priceShapes, check: checkPrices, costAt }
