import type { RouteFinding } from '#app/domain/guard/route.ts'

/** What would happen if a tender were published now: where the purchase belongs, and its dates. */
export type Forecast = RouteFinding & {
  /** What the owner published in the same kind this year, in fen. */
  yearTotalFen: number
  closesAt: Date
  drawsAfter: Date
  minimumBidders: number
  /** Years whose holidays nobody has announced, so that the dates may still move. */
  uncovered: number[]
}
