import type { Policies } from '#app/domain/divisions/policy.ts'
import type { Method } from './tender.ts'

/** The methods in which sealed prices decide. */
export const PRICED_METHODS = ['lowest-price', 'average-price'] as const satisfies Method[]
export type PricedMethod = (typeof PRICED_METHODS)[number]

/** By sealed prices alone: `merit`, where they are one criterion, and an auction, where they are called out, are not. */
export function isPriced(method: Method): method is PricedMethod {
  return (PRICED_METHODS as readonly Method[]).includes(method)
}

export type PricedFault = 'tenders.method-not-open' | 'drafts.price-alone'

/** The methods in which a bid names a price under a seal. */
export function namesPrice(method: Method): boolean {
  return isPriced(method) || method === 'merit'
}

/**
 * Why prices alone may not decide this purchase, or null where they may: survey, mapping and design are never awarded by price
 * alone, but judged with their people and plans (测绘法 29; 建设工程勘察设计管理条例 14).
 */
export function whyNotPriced(policies: Pick<Policies, 'priceSelection' | 'noPriceAlone'>, categoryCode: string | null): PricedFault | null {
  if (policies.priceSelection.value === 'closed') return 'tenders.method-not-open'
  return policies.noPriceAlone.value.some((category) => categoryCode?.startsWith(category)) ? 'drafts.price-alone' : null
}

/** Does a price decide in this method, sealed or called out? */
export function isByPrice(method: Method): method is PricedMethod | 'live-auction' {
  return isPriced(method) || method === 'live-auction'
}
