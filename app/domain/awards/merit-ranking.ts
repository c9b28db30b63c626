import { comparable } from '../bids/offer.ts'
import type { Priced } from '../bids/ranking.ts'
import type { Criterion } from '../tenders/merit.ts'
import { POINT, type ScoreSheet } from './score-sheet.ts'

/** The points of one bid. `judged` and `total` are sums over all judges, so that nothing is divided before it is compared. */
export type Points = { price: number; judged: number; total: number }
export type Scored = Priced & { points: Points }

/**
 * The price's points in hundredths: the lowest valid price has all of them, every other one `weight × lowest ÷ price`, rounded
 * half up. A price of nothing (a discount of the whole) is the lowest there can be: it has all, and any other has none.
 */
export function pricePoints(price: number, lowest: number, weight: number): number {
  const whole = weight * POINT
  if (price === lowest) return whole
  const [numerator, denominator] = [BigInt(whole) * BigInt(lowest), BigInt(price)]
  return Number((2n * numerator + denominator) / (2n * denominator))
}

/**
 * What every valid bid has in the end: the price's points once for every judge, and all judges' marks. The mean is
 * for people to read; what is compared is the sum, which is a whole number.
 */
export function scored(bids: readonly Priced[], sheets: readonly Pick<ScoreSheet, 'marks'>[], criteria: readonly Criterion[]): Scored[] {
  const weight = criteria.find(({ kind }) => kind === 'price')?.weight ?? 0
  const lowest = Math.min(...bids.map(({ quote }) => comparable(quote)))
  return bids.map((bid) => {
    const price = pricePoints(comparable(bid.quote), lowest, weight)
    const judged = sheets.reduce((all, { marks }) => all + marks.reduce((sum, mark) => (mark.bid === bid.bid ? sum + mark.points : sum), 0), 0)
    return { ...bid, points: { price, judged, total: price * sheets.length + judged } }
  })
}

/** 方案择优: the most points first; those with equally many are one group, and a draw puts them in order. */
export function byMerit(bids: readonly Scored[]): Scored[][] {
  const groups: Scored[][] = []
  for (const bid of [...bids].sort((one, other) => other.points.total - one.points.total)) {
    const last = groups.at(-1)
    if (last && last[0]!.points.total === bid.points.total) last.push(bid)
    else groups.push([bid])
  }
  return groups
}
