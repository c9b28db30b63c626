import { checkReceipt, readReceipt } from './receipt-checks.ts'
import type { Parts } from './verify.ts'

/** What checking a receipt needs besides; pages load it only where there is one. */
export const receipt: NonNullable<Parts['receipt']> = { read: readReceipt, check: checkReceipt }
