import type { Policies } from '#app/domain/divisions/policy.ts'
import { whyNotAuction } from './auction.ts'
import { whyNotByCredit } from './by-credit.ts'
import { whyNotPriced, type PricedFault } from './priced.ts'
import { METHODS, type Method } from './tender.ts'

export type MethodFault = PricedFault
export type MethodPolicies = Pick<Policies, 'randomSelection' | 'noRandom' | 'meritSelection' | 'noMerit' | 'directSelection' | 'noDirect' | 'priceSelection' | 'noPriceAlone' | 'auctionSelection' | 'noAuction' | 'creditSelection' | 'creditCategories'>

/**
 * Why a division does not let a method be used for services of a category, or null where it does. Each method has a switch for
 * the whole division, and categories for which it is closed all the same (credit: for which alone it is open); a group's two
 * digits stand for everything in it, and a service that nobody sorted is in none.
 */
export function whyNotMethod(policies: MethodPolicies, { method, categoryCode }: { method: Method; categoryCode: string | null }): MethodFault | null {
  const closed = (selection: 'open' | 'closed', among: readonly string[]) => (selection === 'closed' || among.some((category) => categoryCode?.startsWith(category)) ? 'tenders.method-not-open' : null)
  switch (method) {
    case 'random':
      return closed(policies.randomSelection.value, policies.noRandom.value)
    case 'merit':
      return closed(policies.meritSelection.value, policies.noMerit.value)
    case 'direct':
      return closed(policies.directSelection.value, policies.noDirect.value)
    case 'credit-shortlist':
      return whyNotByCredit(policies, categoryCode)
    case 'live-auction':
      return whyNotAuction(policies, categoryCode)
    default:
      return whyNotPriced(policies, categoryCode)
  }
}

/** Every method with what keeps it from services of a category; what a single purchase adds, such as its sum, is not in it. */
export function methodsFor(policies: MethodPolicies, categoryCode: string | null): { method: Method; fault: MethodFault | null }[] {
  return METHODS.map((method) => ({ method, fault: whyNotMethod(policies, { method, categoryCode }) }))
}
