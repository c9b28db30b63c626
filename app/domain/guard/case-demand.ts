import { z } from 'zod'
import { Refusal } from '#app/domain/refusal.ts'
import { DEMAND_FIELDS, withCommissioner } from './demand.ts'

/** The body of `POST /api/v1/cases/{caseNumber}/demands`: what is demanded; the case says the rest. */
export const CaseDemandInput = z.strictObject(DEMAND_FIELDS).transform(withCommissioner)
export type CaseDemandInput = z.output<typeof CaseDemandInput>

/** What the case that a demand names is about; `approvalItem` is a code. */
export type DemandedCase = { projectCode: string; approvalItem: string; itemName: string }

/**
 * A demand in a case is one for its project and its approval.
 *
 * @param item the demand's approval item as it was typed: its code or its full name
 * @throws Refusal `guard.case-of-other-project`, `guard.case-of-other-item`
 */
export function mustFitCase({ projectCode, item }: { projectCode: string | null; item: string }, found: DemandedCase): void {
  if (projectCode !== found.projectCode) throw new Refusal('invalid', 'guard.case-of-other-project', { field: 'projectCode', params: { project: found.projectCode } })
  if (item.toUpperCase() !== found.approvalItem && item !== found.itemName) throw new Refusal('invalid', 'guard.case-of-other-item', { field: 'approvalItem', params: { item: found.itemName } })
}
