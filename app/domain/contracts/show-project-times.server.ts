import { can, type Member } from '#app/domain/accounts/actor.ts'
import { silenceUnder } from '#app/domain/cases/acceptance.ts'
import { LANES, type Case } from '#app/domain/cases/case.ts'
import { currentState, isOver } from '#app/domain/cases/case-state.ts'
import { projectTotal, type ProjectTotals } from '#app/domain/cases/clock-limits.ts'
import { isThere, isUnasked } from '#app/domain/cases/milestone.ts'
import { maySee } from '#app/domain/cases/show-case.server.ts'
import { dayOf, uncoveredYears, workingDaysBetween, type Calendar } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listCasesOfProject } from '#db/repositories/cases.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { findOwnedProject } from '#db/repositories/projects.ts'
import { findCaseNames } from '#db/views/case-page.ts'
import { listCaseServices, type CaseService } from '#db/views/case-services.ts'
import { listMaterialAnswers } from '#db/views/material-answers.ts'
import { clockOf } from './after-award.ts'
import { caseTimes, type CaseTimes } from './case-times.server.ts'
import { projectBars, type Course } from './project-bars.ts'
import type { ProjectCase, ProjectTimes } from './project-times.ts'

/**
 * All approvals of a project side by side that the reader may see: their days, the project's total against its limit, and the
 * chart with the path that its end depends on. Null where there is no case for this reader.
 */
export async function showProjectTimes(context: Context & { actor: Member }, { code }: { code: string }): Promise<ProjectTimes | null> {
  const { db, actor } = context
  const [all, project] = await Promise.all([listCasesOfProject(db, code), findOwnedProject(db, code)])
  const allowed = await Promise.all(all.map((one) => maySee(db, actor, one)))
  const cases = all.filter((_, place) => allowed[place]).toSorted((one, other) => LANES.indexOf(one.lane) - LANES.indexOf(other.lane))
  const [first] = cases
  if (!first) return null
  const divisionCode = project?.divisionCode ?? first.divisionCode
  const times = await caseTimes(context, cases)
  const { at } = times
  const [calendar, policies, names, services] = await Promise.all([
    calendarOf(db, divisionCode),
    policiesOf(db, divisionCode, dayOf(at)),
    findCaseNames(db, first),
    listMaterialAnswers(db, cases.map(({ id }) => id)).then((answers) => listCaseServices(db, cases, { answers, at })),
  ])
  const courses = cases.flatMap((one) => coursesOf(one, services.get(one.id)!, { at, times: times.of.get(one.id)!, calendar: times.rulesOf(one.divisionCode).calendar }))
  const chart = projectBars(courses, { at, calendar })
  const isWhole = project?.ownerId === actor.organisationId || !can(actor, 'see:own-cases')
  return {
    code,
    name: project?.name ?? names.projectName,
    cases: cases.map((one) => lineOf(one, times.of.get(one.id)!, services.get(one.id)!, { at, calendar: times.rulesOf(one.divisionCode).calendar })),
    total: isWhole ? projectTotal(project?.flowType ?? first.flowType, cases, { totals: totalsOf(policies), now: at, silence: silenceUnder(policies), before: policies.clockWarning.value, calendar }) : null,
    ...chart,
    uncovered: uncoveredYears(chart.from, chart.until, calendar),
  }
}

function coursesOf({ id, lane, receivedAt }: Case, services: readonly CaseService[], { at, times, calendar }: { at: Date; times: CaseTimes; calendar: Calendar }): Course[] {
  const own: Course = { kind: 'case', of: { id, lane, receivedAt }, name: times.standing.item, clock: times.own, endedAt: times.endedAt, deemed: times.office.acceptance?.deemed ?? false }
  // What the applicant handed in without the market took a time that nobody knows; what an ended case never got, none.
  const bought = services.filter(({ milestone, tender }) => milestone !== 'by-itself' && milestone !== 'on-file' && !isUnasked(milestone) && (tender !== null || times.endedAt === null))
  return [
    own,
    ...bought.map(({ material, listing, tender, milestone }): Course => {
      const award = times.services.find(({ tenderId }) => tenderId === tender?.id)?.award
      return { kind: 'service', caseId: id, material, name: listing.name, tender: tender?.number ?? null, milestone, openedAt: tender?.openedAt ?? null, clock: award ? clockOf({ ...award, landing: null }, { now: at, silence: null, calendar }) : null }
    }),
  ]
}

function lineOf({ id, number, lane, states, receivedAt }: Case, { standing, office: { answerBy: _, answerUncovered: _answer, remarks, ...office }, endedAt }: CaseTimes, services: readonly CaseService[], { at, calendar }: { at: Date; calendar: Calendar }): ProjectCase {
  const { item, authority } = standing
  const state = currentState(states)
  const waiting = isOver(state) ? [] : services.filter(({ milestone }) => !isThere(milestone)).map(({ listing, milestone }) => ({ name: listing.name, milestone }))
  return { id, number, item, authority, lane, state, isOver: isOver(state), ...office, remarks: remarks.map(({ what }) => what), whole: workingDaysBetween(dayOf(receivedAt), dayOf(endedAt ?? at), calendar), waiting }
}

/** What a policy says of a project's whole time. */
export function totalsOf({ approvedFlowTypes, verifiedFlowTypes, projectApproved, projectVerified, projectFiled }: Policies): ProjectTotals {
  return { approvedFlowTypes: approvedFlowTypes.value, verifiedFlowTypes: verifiedFlowTypes.value, limits: { approved: projectApproved.value.n, verified: projectVerified.value.n, filed: projectFiled.value.n } }
}
