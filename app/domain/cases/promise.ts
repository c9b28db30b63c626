import type { ApprovalItem } from '#app/domain/catalogue/approval-item.ts'
import { Refusal } from '../refusal.ts'
import type { Case } from './case.ts'

/**
 * What is wrong with a promised period, in working days: a promise shortens what the law gives (行政许可法 42) and never lengthens it. One
 * that was taken before is no obstacle to what else changes.
 *
 * @param said the case's own periods; statutory days that were not understood (undefined) are not held against the promise
 * @returns `cases.promise-long` at `promisedDays`, or nothing
 */
export function promiseFault({ promisedDays = null, statutoryDays }: Partial<Pick<Case, 'promisedDays' | 'statutoryDays'>>, { item, before }: { item: ApprovalItem | undefined; before: Pick<Case, 'promisedDays' | 'statutoryDays'> | undefined }): Refusal[] {
  if (statutoryDays === undefined) return []
  const statutory = statutoryDays ?? (item?.dayUnit === 'working' ? item.statutoryDays : null)
  if (promisedDays === null || statutory === null || promisedDays <= statutory) return []
  if (before && before.promisedDays === promisedDays && before.statutoryDays === statutoryDays) return []
  return [new Refusal('invalid', 'cases.promise-long', { field: 'promisedDays', params: { most: statutory } })]
}
