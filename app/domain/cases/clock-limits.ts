import { addDays, dayOf, endOf, isWorkday, NATIONAL_CALENDAR, periodBefore, startOf, uncoveredYears, type Calendar, type Day, type Period } from '../calendar.ts'
import { caseFacts, type CaseHistory, type ClockRules } from './acceptance.ts'
import { serviceClock } from './service-clock.ts'

/** How near a limit is: it runs, it is to be warned of, its last day is today, it has passed. */
export const LEVELS = ['running', 'near', 'last-day', 'over'] as const
export type Level = (typeof LEVELS)[number]

/** What must be done in time: file a contract, confirm it, deliver, accept or return, and what an office has by its promise and by law. */
export const LIMIT_NAMES = ['file', 'confirm', 'deliver', 'accept', 'authority-promised', 'authority-statutory'] as const
export type LimitName = (typeof LIMIT_NAMES)[number]

/** One limit that runs now. `due` is the first instant that is too late; `uncovered` are the years on the way to it of which nobody has said the holidays. */
export type Limit = { name: LimitName; party: 'agency' | 'owner' | 'authority'; due: Date; level: Level; round: number; uncovered: readonly number[] }

/**
 * How near a limit is at an instant.
 *
 * @param before how long before it a warning begins (policy `clockWarning`)
 */
export function levelAt(at: Date, due: Date, { before, calendar = NATIONAL_CALENDAR }: { before: Period; calendar?: Calendar }): Level {
  if (at >= due) return 'over'
  if (dayOf(at) >= dayOf(new Date(due.getTime() - 1))) return 'last-day'
  return at >= periodBefore(due, before, calendar) ? 'near' : 'running'
}

export type OfficeDays = { promised: number | null; statutory: number | null }

/** What an office is held to: a promise is never longer than the law lets it be (行政许可法 42). A longer one, taken before it was refused, is cut. */
export function heldTo<T extends OfficeDays>(days: T): T {
  const { promised, statutory } = days
  return promised !== null && statutory !== null && promised > statutory ? { ...days, promised: statutory } : days
}

/** The working days of an office in one case: from its acceptance on (行政许可法 42), or from its receipt where silence accepted it (32), without supplements and special procedure (45). `since` is the first instant of it. `dueIn` says when so many days are used up; null while nothing runs there. */
export function officeTime(file: CaseHistory, rules: ClockRules): { used: number; days: Day[]; since: Date | null; round: number; dueIn: (limit: number) => Date | null } {
  const { now, calendar = NATIONAL_CALENDAR } = rules
  const clock = serviceClock(caseFacts(file, rules), { now, calendar })
  const spans = clock.spans.filter(({ party }) => party === 'authority')
  const days = spans.flatMap(({ from, until }) => workedIn(from, until, calendar))
  const current = clock.running === 'authority' ? clock.spans.at(-1) : undefined
  const before = days.length - (current?.workingDays ?? 0)
  return {
    used: days.length,
    days,
    since: spans[0]?.from ?? null,
    round: current?.round ?? 1,
    dueIn: (limit) => (current ? endOf(current.from, { n: Math.max(limit - before, 0), unit: 'wd' }, calendar).at : null),
  }
}

/** The limits of an office that run now, of the days that it is {@link heldTo}. */
export function officeLimits(file: CaseHistory, days: OfficeDays, { before, ...rules }: ClockRules & { before: Period }): Limit[] {
  const { promised, statutory } = heldTo(days)
  const { now, calendar = NATIONAL_CALENDAR } = rules
  const { dueIn, round, since } = officeTime(file, rules)
  const limit = (name: LimitName, days: number | null): Limit[] => {
    const due = days === null ? null : dueIn(days)
    return due ? [{ name, party: 'authority', due, level: levelAt(now, due, { before, calendar }), round, uncovered: uncoveredTo(due, since ?? now, calendar) }] : []
  }
  return [...limit('authority-promised', promised), ...limit('authority-statutory', statutory)]
}

/** How a project is let: a government's own is approved (审批), what the list of such projects names is verified (核准), all others are filed (备案). */
export const PROJECT_KINDS = ['approved', 'verified', 'filed'] as const
export type ProjectKind = (typeof PROJECT_KINDS)[number]

/** What a division's policy says of a project's whole time, in working days. */
export type ProjectTotals = { approvedFlowTypes: readonly string[]; verifiedFlowTypes: readonly string[]; limits: Record<ProjectKind, number> }

/** By the division's two lists of flow types; a type on both is approved, one on neither is filed. */
export function projectKindOf(flowType: string, { approvedFlowTypes, verifiedFlowTypes }: Pick<ProjectTotals, 'approvedFlowTypes' | 'verifiedFlowTypes'>): ProjectKind {
  return approvedFlowTypes.includes(flowType) ? 'approved' : verifiedFlowTypes.includes(flowType) ? 'verified' : 'filed'
}

/** What the offices of a project have used of its whole time. `due` is the first instant that is too late; null while no office's time runs. `uncovered` as of a {@link Limit}. */
export type ProjectTotal = { kind: ProjectKind; limit: number; used: number; due: Date | null; level: Level; uncovered: readonly number[] }

/**
 * The working days that all offices together have used for one project. Days on which several cases were with their offices
 * count once: that is what parallel approval is for.
 *
 * @param cases each case of the project
 * @param before how long before its end a warning begins (policy `clockWarning`)
 */
export function projectTotal(flowType: string, cases: readonly CaseHistory[], { totals, before, ...rules }: ClockRules & { totals: ProjectTotals; before: Period }): ProjectTotal {
  const kind = projectKindOf(flowType, totals)
  const { now, calendar = NATIONAL_CALENDAR } = rules
  const times = cases.map((file) => officeTime(file, rules))
  const days = [...new Set(times.flatMap((time) => time.days))].sort()
  const [used, limit] = [days.length, totals.limits[kind]]
  const isRunning = times.some(({ dueIn }) => dueIn(0) !== null)
  const due = !isRunning ? null : used < limit ? endOf(now, { n: limit - used, unit: 'wd' }, calendar).at : startOf(addDays(days[limit - 1] ?? dayOf(now), 1))
  const since = times.flatMap((time) => time.since ?? []).toSorted((one, other) => one.getTime() - other.getTime())[0]
  return { kind, limit, used, due, uncovered: due ? uncoveredTo(due, since ?? now, calendar) : [], level: due ? levelAt(now, due, { before, calendar }) : used > limit ? 'over' : 'running' }
}

/** The years that a limit passes through without anybody having said their holidays. @param since the instant from which its days are counted */
export function uncoveredTo(due: Date, since: Date, calendar: Calendar): number[] {
  return uncoveredYears(since, new Date(due.getTime() - 1), calendar)
}

/** The years that a clock or any of its limits passes through without their holidays being known, in order. */
export function uncoveredOf(parts: readonly { uncovered: readonly number[] }[]): number[] {
  return [...new Set(parts.flatMap(({ uncovered }) => uncovered))].sort((one, other) => one - other)
}

/** The worked days after the day of one instant, up to and with that of the other. */
function workedIn(from: Date, until: Date, calendar: Calendar): Day[] {
  const days: Day[] = []
  for (let day = addDays(dayOf(from), 1); day <= dayOf(until); day = addDays(day, 1)) if (isWorkday(day, calendar)) days.push(day)
  return days
}

/** What is left of calendar days that were granted, after those of earlier spans. */
export function calendarDaysIn(spans: readonly { from: Date; until: Date }[]): number {
  return spans.reduce((sum, { from, until }) => sum + (startOf(dayOf(until)).getTime() - startOf(dayOf(from)).getTime()) / 86_400_000, 0)
}
