import type { Case } from '#app/domain/cases/case.ts'
import { criticalPath, type CriticalPath, type Task } from '#app/domain/cases/critical-path.ts'
import type { Milestone } from '#app/domain/cases/milestone.ts'
import type { Party } from '#app/domain/cases/party.ts'
import type { ServiceClock, Span } from '#app/domain/cases/service-clock.ts'
import { dayOf, workingDaysBetween, type Calendar } from '../calendar.ts'
import type { ProjectBar, ProjectTimes } from './project-times.ts'

/** A case or a service as far as the chart needs it. A service's `clock` is its own, without its case; null until an award binds. */
export type Course =
  | { kind: 'case'; of: Pick<Case, 'id' | 'lane' | 'receivedAt'>; name: string; clock: ServiceClock; endedAt: Date | null; deemed: boolean }
  | { kind: 'service'; caseId: string; material: string; name: string; tender: string | null; milestone: Milestone; openedAt: Date | null; clock: ServiceClock | null }

/**
 * The bars of a project's chart on one axis of working days, and the path that its end depends on.
 *
 * @param courses each case followed by its services, at least one case
 * @param at up to when whatever is not over goes on
 */
export function projectBars(courses: readonly Course[], { at, calendar }: { at: Date; calendar: Calendar }): Pick<ProjectTimes, 'bars' | 'path' | 'from' | 'until' | 'whole'> {
  const tasks = courses.map((course) => taskOf(course, at))
  const path = criticalPath(tasks, calendar)
  const from = new Date(Math.min(...tasks.map((task) => task.from.getTime())))
  const until = new Date(Math.max(...tasks.map((task) => task.until.getTime())))
  const daysTo = (instant: Date) => workingDaysBetween(dayOf(from), dayOf(instant), calendar)
  return { bars: courses.map((course, place) => barOf(course, tasks[place]!, { at, path, daysTo })), path, from, until, whole: daysTo(until) }
}

function taskOf(course: Course, at: Date): Task {
  if (course.kind === 'case') return { key: course.of.id, kind: 'case', lane: course.of.lane, from: course.of.receivedAt, until: course.endedAt ?? at }
  const { caseId, material, openedAt, clock } = course
  const isOver = clock !== null && clock.running === null
  return { key: `${caseId} ${material}`, kind: 'service', ofCase: caseId, from: openedAt ?? at, until: isOver ? clock.spans.at(-1)?.until ?? at : at }
}

type Scale = { at: Date; path: CriticalPath; daysTo: (instant: Date) => number }

function barOf(course: Course, { key, from, until }: Task, { at, path, daysTo }: Scale): ProjectBar {
  const stretch = (one: { from: Date; until: Date }) => ({ start: daysTo(one.from), days: daysTo(one.until) - daysTo(one.from) })
  const critical = path.steps.filter((step) => step.key === key && step.part !== 'between').map(stretch)
  const isCase = course.kind === 'case'
  const goesOn = until.getTime() === at.getTime()
  return {
    key,
    kind: course.kind,
    name: course.name,
    deemed: isCase && course.deemed,
    caseId: isCase ? course.of.id : course.caseId,
    tender: isCase ? null : course.tender,
    milestone: isCase ? null : course.milestone,
    from,
    until,
    goesOn,
    ...stretch({ from, until }),
    parts: partsOf(course, { from, until }).map(({ party, ...span }) => ({ party, ...stretch(span) })),
    critical,
    criticalDays: critical.reduce((sum, { days }) => sum + days, 0),
    // What goes on has no time to spare that anybody could know.
    spare: goesOn ? null : (path.spare[key] ?? null),
  }
}

/** In whose hands it was: until an award binds a service is the owner's, and a case, before anything is known of it, waits to be accepted. */
function partsOf(course: Course, { from, until }: { from: Date; until: Date }): Pick<Span, 'party' | 'from' | 'until'>[] {
  const spans = course.clock?.spans ?? []
  const first = spans[0]?.from ?? until
  const party: Party = course.kind === 'case' ? 'intake' : 'owner'
  return [...(from < first ? [{ party, from, until: first }] : []), ...spans]
}
