import { z } from 'zod'
import type { Policies } from '#app/domain/divisions/policy.ts'

/** What is judged, and what it weighs in points of a hundred. The price is counted, everything else is marked by judges. */
export const Criterion = z.object({ code: z.string().min(1).max(16), name: z.string().max(40), weight: z.number().int().min(1).max(100), kind: z.enum(['price', 'judged']) })
export type Criterion = z.infer<typeof Criterion>

/** How many criteria a form has room for beside the price. */
export const JUDGED_AT_MOST = 5
export const PRICE = 'price'
const WHOLE = 100

/** What an owner says of a selection by merit. While it is drafted it need not add up yet. */
export const Merit = z.object({ judges: z.number().int().min(0).max(99), criteria: z.array(Criterion).max(JUDGED_AT_MOST + 1) })
export type Merit = z.infer<typeof Merit>

/** Weights in all, in points. */
export function weightOf(criteria: readonly Criterion[]): number {
  return criteria.reduce((sum, { weight }) => sum + weight, 0)
}

/** The criteria that judges mark. */
export function judgedOf(criteria: readonly Criterion[]): Criterion[] {
  return criteria.filter(({ kind }) => kind === 'judged')
}

export type MeritFault = { field: 'priceWeight' | 'criteria' | 'judges'; code: 'merit.price-weight' | 'merit.nothing-judged' | 'merit.sum' | 'merit.judges'; params: { least: number; sum: number } }
export type MeritBounds = Pick<Policies, 'meritPriceLeast' | 'meritJudgesLeast'>

/**
 * Why these criteria cannot decide yet, or null where they can: the price has a place, at least one criterion is judged, the
 * weights are exactly a hundred, and the judges are an odd number that is large enough, so that no two halves block each other.
 */
export function meritFault({ judges, criteria }: Merit, { meritPriceLeast, meritJudgesLeast }: MeritBounds): MeritFault | null {
  const sum = weightOf(criteria)
  const price = criteria.find(({ kind }) => kind === 'price')?.weight ?? 0
  if (price < Math.max(1, meritPriceLeast.value)) return { field: 'priceWeight', code: 'merit.price-weight', params: { least: meritPriceLeast.value, sum } }
  if (judgedOf(criteria).length === 0) return { field: 'criteria', code: 'merit.nothing-judged', params: { least: 1, sum } }
  if (sum !== WHOLE) return { field: 'priceWeight', code: 'merit.sum', params: { least: WHOLE, sum } }
  if (judges < meritJudgesLeast.value || judges % 2 === 0) return { field: 'judges', code: 'merit.judges', params: { least: meritJudgesLeast.value, sum } }
  return null
}
