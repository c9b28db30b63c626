import type { Clearance, ClearanceGrounds } from './clearance.ts'

/** Proofs for the compiler: each line below an expectation must fail to compile, or the type check does. */
declare function publish(clearance: Clearance<'publish:tender'>): void
declare const held: Clearance<'publish:tender'>
declare const grounds: ClearanceGrounds<'publish:tender'>

publish(held)
// @ts-expect-error Grounds that nobody checked are no clearance.
publish(grounds)
// @ts-expect-error Neither is one that was written by hand.
publish({ ...grounds, act: 'publish:tender' })
// @ts-expect-error A clearance cannot be moved to another day after it was minted.
held.day = '2027-01-01'
// @ts-expect-error A guarded act must be one of those the law names.
export type Unknown = Clearance<'award:tender'>
