import { z } from 'zod'
import { dayOf } from '#app/domain/calendar.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { DEMAND_FIELDS, withCommissioner, type Demand } from './demand.ts'

/** The body of `POST /api/v1/cases/{caseNumber}/demands`: what is demanded; the case says the rest. */
export const CaseDemandInput = z.strictObject(DEMAND_FIELDS).transform(withCommissioner)
export type CaseDemandInput = z.output<typeof CaseDemandInput>

/** What the case that a demand names is about; `approvalItem` is a code. */
export type DemandedCase = { projectCode: string; divisionCode: string; approvalItem: string; itemName: string; receivedAt: Date }

/**
 * A demand in a case is one for its project and its approval, judged by the list of its place, and not older than the case.
 *
 * @param demand its approval item as it was given: a code or a full name
 * @param meant our code of the approval item that it was given as; null where it was given in words of the office's own
 * @param divisionCode where the authority is
 * @param found what its case is about; null where the authority keeps no case of this number here
 * @returns the demand with the case's project, where it named none
 * @throws Refusal `guard.case-of-other-division`, `guard.case-of-other-project`, `guard.case-of-other-item`, `guard.before-case` (《行政许可法》第三十二条: what is missing is told of an application that was handed in)
 */
export function fittedToCase<D extends Pick<Demand, 'projectCode' | 'approvalItem' | 'demandedOn'>>(demand: D, divisionCode: string, found: DemandedCase | null, meant: string | null): D {
  if (!found) return demand
  const { projectCode, approvalItem: item, demandedOn } = demand
  const received = dayOf(found.receivedAt)
  if (found.divisionCode !== divisionCode) throw new Refusal('invalid', 'guard.case-of-other-division', { field: 'caseNumber', params: { division: found.divisionCode } })
  if (projectCode !== null && projectCode !== found.projectCode) throw new Refusal('invalid', 'guard.case-of-other-project', { field: 'projectCode', params: { project: found.projectCode } })
  if (![item.toUpperCase(), meant].includes(found.approvalItem) && item !== found.itemName) throw new Refusal('invalid', 'guard.case-of-other-item', { field: 'approvalItem', params: { item: found.itemName } })
  if (demandedOn < received) throw new Refusal('invalid', 'guard.before-case', { field: 'demandedOn', params: { day: received } })
  return { ...demand, projectCode: found.projectCode }
}
