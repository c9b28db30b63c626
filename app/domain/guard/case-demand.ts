import { z } from 'zod'
import { addDays, dayOf, type Day } from '#app/domain/calendar.ts'
import { PARAMETERS, valueOf } from '#app/domain/divisions/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { DEMAND_FIELDS, withCommissioner, type Demand } from './demand.ts'

/** The body of `POST /api/v1/cases/{caseNumber}/demands`: what is demanded; the case says the rest. */
export const CaseDemandInput = z.strictObject(DEMAND_FIELDS).transform(withCommissioner)
export type CaseDemandInput = z.output<typeof CaseDemandInput>

/** What the case that a demand names is about; `approvalItem` is a code. */
export type DemandedCase = {
  projectCode: string
  divisionCode: string
  approvalItem: string
  itemName: string
  receivedAt: Date
  /** When it came into the first state in which it is over, which a later revocation does not open again; null while it runs. */
  endedAt: Date | null
}

/**
 * A demand in a case is one for its project and its approval, judged by the list of its place, not older than the case and
 * not younger than its end, whose own day still counts.
 *
 * @param demand its approval item as it was given: a code or a full name
 * @param divisionCode where the authority is
 * @param found what its case is about; null where the authority keeps no case of this number here
 * @returns the demand with the case's project, where it named none
 * @throws Refusal `guard.case-of-other-division`, `guard.case-of-other-project`, `guard.case-of-other-item`, `guard.before-case` (《行政许可法》第三十二条: what is missing is told of an application that was handed in),
 *   `guard.after-case` (what was decided, or taken back, lacks nothing)
 */
export function fittedToCase<D extends Pick<Demand, 'projectCode' | 'approvalItem' | 'demandedOn'>>(demand: D, divisionCode: string, found: DemandedCase | null): D {
  if (!found) return demand
  const { projectCode, approvalItem: item, demandedOn } = demand
  const received = dayOf(found.receivedAt)
  if (found.divisionCode !== divisionCode) throw new Refusal('invalid', 'guard.case-of-other-division', { field: 'caseNumber', params: { division: found.divisionCode } })
  if (projectCode !== null && projectCode !== found.projectCode) throw new Refusal('invalid', 'guard.case-of-other-project', { field: 'projectCode', params: { project: found.projectCode } })
  if (item.toUpperCase() !== found.approvalItem && item !== found.itemName) throw new Refusal('invalid', 'guard.case-of-other-item', { field: 'approvalItem', params: { item: found.itemName } })
  if (demandedOn < received) throw new Refusal('invalid', 'guard.before-case', { field: 'demandedOn', params: { day: received } })
  const ended = found.endedAt && dayOf(found.endedAt)
  if (ended && demandedOn > ended) throw new Refusal('invalid', 'guard.after-case', { field: 'demandedOn', params: { day: ended } })
  return { ...demand, projectCode: found.projectCode }
}

/**
 * A case says when it was received; without one nothing shows that a demand is as old as it says, and a day chosen freely would choose
 * the list that judges it. What is older is asked as a question, which puts nothing on record.
 *
 * @param today in Beijing
 * @param backDays what the policy of the place says, as it is stored; null where it says nothing and our default holds
 * @throws Refusal `guard.too-far-back`
 */
export function refuseFarBack({ demandedOn }: Pick<Demand, 'demandedOn'>, today: Day, backDays: unknown): void {
  const earliest = addDays(today, -(backDays === null ? PARAMETERS.demandBackDays.value : valueOf('demandBackDays', backDays)))
  if (demandedOn < earliest) throw new Refusal('invalid', 'guard.too-far-back', { field: 'demandedOn', params: { day: earliest } })
}
