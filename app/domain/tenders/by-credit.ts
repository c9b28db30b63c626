import type { Policies } from '#app/domain/divisions/policy.ts'
import type { ShortlistSizes } from './tender.ts'

/** The longest big list that a form may ask for. */
export const BIG_LIST_MOST = 200

/** Why a shortlist by credit may not be drawn for this purchase, or null where it may: which categories are open is policy. */
export function whyNotByCredit({ creditSelection, creditCategories }: Pick<Policies, 'creditSelection' | 'creditCategories'>, categoryCode: string | null): 'tenders.method-not-open' | null {
  if (creditSelection.value === 'closed') return 'tenders.method-not-open'
  return creditCategories.value.some((category) => categoryCode?.startsWith(category)) ? null : 'tenders.method-not-open'
}

/** What is wrong with the lengths of the two lists, or null: a small list that holds all would leave everything to the owner. */
export function sizesFault({ big, small }: ShortlistSizes, { smallListMost }: Pick<Policies, 'smallListMost'>): { code: 'credit.small-list' | 'credit.big-list'; field: 'smallList' | 'bigList'; params: { most: number } } | null {
  if (small < 2 || small > smallListMost.value) return { code: 'credit.small-list', field: 'smallList', params: { most: smallListMost.value } }
  return big <= small || big > BIG_LIST_MOST ? { code: 'credit.big-list', field: 'bigList', params: { most: BIG_LIST_MOST } } : null
}
