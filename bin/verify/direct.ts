import { checkDirect, checkOwnAward } from './direct-checks.ts'
import { checkAcceptedReceipt } from './direct-receipt.ts'
import { directShape } from './direct-shape.ts'
import type { Parts } from './verify.ts'

/** What checking a direct selection needs besides; pages load it only where it may be asked for (docs/decisions/049). */
export const direct: NonNullable<Parts['direct']> = { shape: directShape, check: checkDirect, award: checkOwnAward, receipt: checkAcceptedReceipt }
