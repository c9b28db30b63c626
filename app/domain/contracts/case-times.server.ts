import type { Case } from '#app/domain/cases/case.ts'
import { acceptanceOf, answerDue, caseFacts, remarksOf, silenceUnder, type Acceptance, type Remark } from '#app/domain/cases/acceptance.ts'
import { isOver } from '#app/domain/cases/case-state.ts'
import { heldTo, officeLimits, officeTime, uncoveredTo, type Limit, type OfficeDays } from '#app/domain/cases/clock-limits.ts'
import { serviceClock, type ServiceClock } from '#app/domain/cases/service-clock.ts'
import { supplementOf, type Supplement } from '#app/domain/cases/supplement.ts'
import { dayOf, type Calendar } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listAwardsOfCases } from '#db/views/after-award.ts'
import { listCaseStandings, type CaseStanding } from '#db/views/case-page.ts'
import { clockOf, limitsOf, type AfterAward } from './after-award.ts'

/** One service that a case waits for, since its award binds: its clock goes on in the case, its limits are its own. */
export type ServiceTime = { tenderId: string; award: AfterAward; clock: ServiceClock; limits: Limit[] }

/**
 * What an office has of working days in a case, how many it used, and which of its limits run now. `acceptance` is since when they
 * are counted; while there is none, `answerBy` is until when it may still say nothing, `answerUncovered` the years on the way to it whose holidays nobody has said. `supplement` is what it waits for meanwhile.
 * `remarks` are what its office recorded though the law leaves no room for it.
 */
export type OfficeTimes = OfficeDays & { used: number; limits: Limit[]; acceptance: Acceptance | null; answerBy: Date | null; answerUncovered: readonly number[]; remarks: Remark[]; supplement: Supplement | null }

/**
 * The time of one case. `clock` is that of the case together with the service that came last into it, since before acceptance and in
 * supplements time is that of whoever works at the service; `own` knows the case alone. `endedAt` is when its office first was through with it.
 */
export type CaseTimes = { standing: CaseStanding; clock: ServiceClock; own: ServiceClock; office: OfficeTimes; services: ServiceTime[]; endedAt: Date | null }
export type Rules = { policies: Policies; calendar: Calendar }

/**
 * The clocks of these cases and of the services whose results they wait for, up to now, by the calendar and the policy of each place.
 *
 * @returns the instant up to which they run, and the times by the cases' ids
 */
export async function caseTimes({ db, clock }: Pick<Context, 'db' | 'clock'>, cases: readonly Case[]): Promise<{ at: Date; of: Map<string, CaseTimes>; rulesOf: (divisionCode: string) => Rules }> {
  const at = await clock.read(db)
  const caseIds = cases.map(({ id }) => id)
  const places = [...new Set(cases.map(({ divisionCode }) => divisionCode))]
  const [awards, standings, rules] = await Promise.all([
    listAwardsOfCases(db, { caseIds, at }),
    listCaseStandings(db, caseIds),
    Promise.all(places.map(async (place) => [place, { policies: await policiesOf(db, place, dayOf(at)), calendar: await calendarOf(db, place) }] as const)),
  ])
  const known = new Map<string, Rules>(rules)
  const of = new Map(cases.map((one) => [one.id, timesOf(one, { at, standing: standings.get(one.id)!, awards: awards.filter(({ landing }) => landing?.caseId === one.id), rules: known.get(one.divisionCode)! })]))
  return { at, of, rulesOf: (divisionCode) => known.get(divisionCode)! }
}

function timesOf(file: Case, { at, standing, awards, rules }: { at: Date; standing: CaseStanding; awards: readonly AfterAward[]; rules: Rules }): CaseTimes {
  const { states } = file
  const { policies, calendar } = rules
  const clockRules = { now: at, silence: silenceUnder(policies), calendar }
  const acceptance = acceptanceOf(file, clockRules)
  const { promised, statutory } = heldTo(standing)
  const before = policies.clockWarning.value
  const services = awards.map((award): ServiceTime => ({ tenderId: award.tender.id, award, clock: clockOf(award, clockRules), limits: limitsOf({ ...award, landing: null }, { now: at, ...rules }) }))
  const answerBy = states.some(({ state }) => state !== 1) || acceptance ? null : answerDue(file, clockRules)
  const own = serviceClock(caseFacts(file, clockRules), clockRules)
  const last = services.toSorted((one, other) => doneAt(other, at) - doneAt(one, at) || one.award.boundAt.getTime() - other.award.boundAt.getTime())[0]
  return {
    standing,
    clock: last?.clock ?? own,
    own,
    office: { promised, statutory, used: officeTime(file, clockRules).used, limits: officeLimits(file, { promised, statutory }, { ...clockRules, before }), acceptance, answerBy, answerUncovered: answerBy ? uncoveredTo(answerBy, file.receivedAt, calendar) : [], remarks: remarksOf(file, clockRules), supplement: supplementOf(states, { ...clockRules, wait: policies.supplementWait.value }) },
    services,
    endedAt: states.find(({ state }) => isOver(state))?.at ?? null,
  }
}

/** When a service's result was accepted, or now while it was not. */
function doneAt({ award: { deliverables } }: ServiceTime, at: Date): number {
  return deliverables.find(({ acceptedAt }) => acceptedAt)?.acceptedAt?.getTime() ?? at.getTime()
}
