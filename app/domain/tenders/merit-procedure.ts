import type { PartName } from '../bids/seal.ts'
import type { Period } from '../calendar.ts'
import type { Merit } from './merit.ts'
import { MeritProcedure, pricedProcedure, type PricedPolicy, type SealedProcedure } from './procedure.ts'

/** What a selection by merit adds to a selection by price. */
export type MeritPolicy = PricedPolicy & { merit: Merit; scoring: Period; planCharacters: number; plans: MeritProcedure['plans'] }

/** The method by merit under a division's policy; its criteria are the owner's, its bounds the policy's. */
export function meritProcedure({ merit, scoring, planCharacters, plans, ...priced }: MeritPolicy): MeritProcedure {
  return MeritProcedure.parse({
    ...pricedProcedure('lowest-price', priced),
    rules: 'merit/v1',
    method: 'merit',
    steps: ['bid', 'close', 'freeze', 'judges', 'open', 'score', 'reveal', 'rank', 'award'],
    criteria: merit.criteria,
    priceRule: 'lowest-over-price',
    judges: merit.judges,
    scoring,
    planCharacters,
    plans,
  })
}

/** The parts that a bid is sealed in under a procedure, in the order of the envelope. */
export function partsOf({ rules }: SealedProcedure): readonly PartName[] {
  return rules === 'merit/v1' ? ['offer', 'plan'] : ['offer']
}
