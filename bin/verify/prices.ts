import { checkMerit } from './merit-checks.ts'
import { meritShape } from './merit-shape.ts'
import { checkPrices } from './price-checks.ts'
import { priceShapes } from './price-shape.ts'
import { costAt } from './price.ts'
import type { Parts } from './verify.ts'

/** What checking a selection by sealed price, or by plan and price, needs besides; pages load it only where it may be asked for (docs/decisions/023). */
export const prices: NonNullable<Parts['prices']> = {
  shapes: { ...priceShapes, merit: meritShape },
  check: (bundle, findings) => (bundle.method === 'merit' ? checkMerit(bundle, findings) : checkPrices(bundle, findings)),
  costAt,
}
