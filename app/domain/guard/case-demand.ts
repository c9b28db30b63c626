import { z } from 'zod'
import { addDays, dayOf, type Day } from '#app/domain/calendar.ts'
import { PARAMETERS, valueOf } from '#app/domain/divisions/policy.ts'
import { Refusal, together, type RefusalCode } from '#app/domain/refusal.ts'
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
 * `divisionCode` is where the authority is; `found` what its case is about, null where it keeps no case of this number here;
 * `meant` our code of the approval item that was given, null where it was given in words of the office's own.
 */
type Fit = { divisionCode: string; at: Date; found: DemandedCase | null; meant: string | null }

/**
 * A demand in a case is one for its project and its approval, judged by the list of its place, not older than the case and
 * not younger than its end, whose own day still counts.
 *
 * @param demand its approval item as it was given: a code or a full name
 * @returns the demand with the case's project, where it named none
 * @throws Refusal of all that is wrong: `guard.day-ahead` for a day that has not come, `guard.case-of-other-division`, `guard.case-of-other-project`, `guard.case-of-other-item`, `guard.before-case` (《行政许可法》第三十二条: what is missing is told of an application that was handed in),
 *   `guard.after-case` (what was decided, or taken back, lacks nothing)
 */
export function fittedToCase<D extends Pick<Demand, 'projectCode' | 'approvalItem' | 'demandedOn'>>(demand: D, { divisionCode, at, found, meant }: Fit): D {
  const faults = misfits(demand, { divisionCode, at, found, meant })
  if (faults.length) throw together(faults)
  return found ? { ...demand, projectCode: found.projectCode } : demand
}

/** Everything by which a demand, as far as it is known, does not fit its day and its case; each at its field. */
export function misfits({ projectCode = null, approvalItem: item, demandedOn }: Partial<Pick<Demand, 'projectCode' | 'approvalItem' | 'demandedOn'>>, { divisionCode, at, found, meant }: Fit): Refusal[] {
  const wrong = (code: RefusalCode, field: string, params: Record<string, string>) => [new Refusal('invalid', code, { field, params })]
  const [today, received, ended] = [dayOf(at), found && dayOf(found.receivedAt), found?.endedAt && dayOf(found.endedAt)]
  return [
    ...(demandedOn !== undefined && demandedOn > today ? wrong('guard.day-ahead', 'demandedOn', { day: today }) : []),
    ...(found && found.divisionCode !== divisionCode ? wrong('guard.case-of-other-division', 'caseNumber', { division: found.divisionCode }) : []),
    ...(found && projectCode !== null && projectCode !== found.projectCode ? wrong('guard.case-of-other-project', 'projectCode', { project: found.projectCode }) : []),
    ...(found && item !== undefined && ![item.toUpperCase(), meant].includes(found.approvalItem) && item !== found.itemName ? wrong('guard.case-of-other-item', 'approvalItem', { item: found.itemName }) : []),
    ...(received && demandedOn !== undefined && demandedOn < received ? wrong('guard.before-case', 'demandedOn', { day: received }) : []),
    ...(ended && demandedOn !== undefined && demandedOn > ended ? wrong('guard.after-case', 'demandedOn', { day: ended }) : []),
  ]
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
