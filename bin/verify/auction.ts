import { checkAuction } from './auction-checks.ts'
import { auctionShape } from './auction-shape.ts'
import { checkQuoteReceipt } from './auction-receipt.ts'
import type { Parts } from './verify.ts'

/** What checking an auction needs besides; pages load it only where it may be asked for (docs/decisions/028). */
export const auction: NonNullable<Parts['auction']> = { shape: auctionShape, check: checkAuction, receipt: checkQuoteReceipt }
