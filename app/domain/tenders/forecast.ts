import type { PolicyName, Policies } from '#app/domain/divisions/policy.ts'
import type { RouteFinding } from '#app/domain/guard/route.ts'
import type { AuctionFault } from './auction.ts'
import type { DirectFault } from './direct.ts'
import type { PricedFault } from './priced.ts'

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
  /** Is the random draw open here, and if an agency may not be named directly, why. */
  randomOpen: boolean
  /** Why a shortlist by credit may not be drawn, if it may not, and what the form proposes for its lists. */
  creditFault: 'tenders.method-not-open' | null
  sizes: { big: number; small: number }
  /** Why prices alone may not decide, if they may not. */
  pricedFault: PricedFault | null
  /** The same of an auction. */
  auctionFault: AuctionFault | null
  /** Why plans and prices together may not decide, if they may not. */
  meritFault: 'tenders.method-not-open' | null
  /** `sumFen` is this purchase with what public money of the owner named agencies for in the kind and year; null for private money. */
  direct: { fault: DirectFault | null; sumFen: number | null; closesAt: Date }
  closesAt: Date
  drawsAfter: Date
  minimumBidders: number
  /** Years whose holidays nobody has announced, so that the dates may still move. */
  uncovered: number[]
}
