import { lottery as check } from './lottery-checks.ts'
import { orderByRfc3797, publicKeyOf } from './rfc3797.ts'
import type { Parts } from './verify.ts'

/** What checking a lottery, or an order by RFC 3797, needs besides; pages load it only where it may be asked for. */
export const lottery: NonNullable<Parts['lottery']> = { lottery: check, rfc3797: (beacon, labels) => orderByRfc3797(publicKeyOf(beacon), labels) }
