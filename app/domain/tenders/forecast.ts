import type { PolicyName, Policies } from '#app/domain/divisions/policy.ts'
import type { RouteFinding } from '#app/domain/guard/route.ts'
import type { DirectFault } from './direct.ts'
import type { MethodFault } from './open-methods.ts'
import type { Method } from './tender.ts'

/** One purchase that counts together with the one that is being thought of. */
export type EarlierPurchase = { number: string; title: string; publishedAt: Date; ceilingFen: number }

/** The thresholds by which a route is found, with who says so. */
export type Limits = Pick<Policies, Extract<PolicyName, 'procurementLimit' | 'mandatoryTender' | 'directCeiling'>>

/** What would happen if a tender were published now: where the purchase belongs, how it could be made, and its dates. */
export type Forecast = RouteFinding & {
  /** What this purchase adds, in fen. */
  ceilingFen: number
  /** What the owner published in the same kind this year, in fen, and the latest of it. */
  yearTotalFen: number
  earlier: EarlierPurchase[]
  limits: Limits
  /** Every method with why the division does not let this purchase use it, if it does not; for naming an agency `direct` says more. */
  methods: { method: Method; fault: MethodFault | null }[]
  /** What the form proposes for the lists of a shortlist by credit. */
  sizes: { big: number; small: number }
  /** `sumFen` is this purchase with what public money of the owner named agencies for in the kind and year; null for private money. */
  direct: { fault: DirectFault | null; sumFen: number | null; closesAt: Date }
  closesAt: Date
  drawsAfter: Date
  minimumBidders: number
  /** Years whose holidays nobody has announced, so that the dates may still move. */
  uncovered: number[]
}
