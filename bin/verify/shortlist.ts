import { checkShortlist } from './shortlist-checks.ts'
import { shortlistShape } from './shortlist-shape.ts'
import type { Parts } from './verify.ts'

/** What checking a shortlist by credit needs besides; pages load it only where it may be asked for (docs/decisions/029). */
export const shortlist: NonNullable<Parts['shortlist']> = { shape: shortlistShape, check: checkShortlist }
