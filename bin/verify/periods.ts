import type { Period } from './bundle.ts'

const MILLISECONDS = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000, wd: 86_400_000 }

/** How long a period lasts at the least, in milliseconds. Days end by a calendar with holidays that no bundle carries: so many times 24 hours is the least. */
export const lengthOf = ({ n, unit }: Period): number => n * MILLISECONDS[unit]

/** When a period is over at the earliest, and whether that is exact. */
export function earliestAfter(start: string, period: Period): { at: number; exact: boolean } {
  return { at: Date.parse(start) + lengthOf(period), exact: period.unit !== 'd' && period.unit !== 'wd' }
}
