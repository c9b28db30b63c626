import { checkMerit } from './merit-checks.ts'
import { meritShape } from './merit-shape.ts'
import { costAt } from './price.ts'
import type { Parts } from './verify.ts'

/** What checking a selection by plan and price needs besides; pages load it only where it may be asked for (docs/decisions/026). */
export const merit: NonNullable<Parts['merit']> = { shape: meritShape, check: checkMerit, costAt }
