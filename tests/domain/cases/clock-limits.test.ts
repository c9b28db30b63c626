import { expect, test } from 'vitest'
import { calendarWith, endOf, NATIONAL_CALENDAR } from '#app/domain/calendar.ts'
import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'
import { heldTo, levelAt, officeLimits, officeTime, uncoveredOf, uncoveredTo, projectKindOf, projectTotal, type Level } from '#app/domain/cases/clock-limits.ts'
import { policiesFrom } from '#app/domain/divisions/policy.ts'

const beijing = (text: string) => new Date(`${text}:00+08:00`)
const TWO = { n: 2, unit: 'wd' } as const
const history = (...told: [CaseStateNumber, string][]) => told.map(([state, at]) => ({ state, at: beijing(at) }))
/** Received when it came into its first state, in a place that does not hold silence to be an acceptance. */
const file = (states: ReturnType<typeof history>) => ({ receivedAt: states[0]!.at, states })
const silence = null

// A limit whose last day is Friday 27 November.
test.each<[string, string, Level]>([
  ['two working days before its end, not yet', '2026-11-25T23:59', 'running'],
  ['from two working days before', '2026-11-26T00:00', 'near'],
  ['on its last day', '2026-11-27T00:00', 'last-day'],
  ['until midnight', '2026-11-27T23:59', 'last-day'],
  ['from the first instant after it', '2026-11-28T00:00', 'over'],
])('a limit is told apart %s', (_name, at, level) => {
  expect(levelAt(beijing(at), beijing('2026-11-28T00:00'), { before: TWO })).toBe(level)
})

test('an office’s days begin with acceptance, and stand still in a hearing and while papers are supplemented', () => {
  const states = history([1, '2026-11-02T10:00'], [3, '2026-11-04T10:00'], [9, '2026-11-06T10:00'], [10, '2026-11-16T10:00'], [6, '2026-11-18T10:00'], [7, '2026-11-20T10:00'])
  const now = beijing('2026-11-24T10:00')
  const { used, dueIn } = officeTime(file(states), { silence, now })
  expect(used).toBe(6)
  expect(dueIn(8)).toEqual(endOf(now, TWO).at)
  expect(officeLimits(file(states), { promised: 6, statutory: 20 }, { silence, now, before: TWO }).map(({ name, level }) => [name, level])).toEqual([['authority-promised', 'last-day'], ['authority-statutory', 'running']])
  expect(officeLimits(file(states), { promised: 6, statutory: null }, { silence, now: beijing('2026-11-25T00:00'), before: TWO })[0]).toMatchObject({ level: 'over' })
  expect(officeLimits(file([...states, ...history([11, '2026-11-24T09:00'])]), { promised: 6, statutory: 20 }, { silence, now, before: TWO })).toEqual([])
  expect(officeTime(file(states.slice(0, 1)), { silence, now }).dueIn(5)).toBeNull()
  expect(officeTime(file(states), { silence, now, calendar: calendarWith([{ day: '2026-11-23', working: false }]) }).used).toBe(5)
})

test('a project’s days are those of all its offices, and days of parallel cases count once', () => {
  const policies = policiesFrom([])
  const totals = { approvedFlowTypes: policies.approvedFlowTypes.value, verifiedFlowTypes: policies.verifiedFlowTypes.value, limits: { approved: policies.projectApproved.value.n, verified: policies.projectVerified.value.n, filed: policies.projectFiled.value.n } }
  expect(['government-building', 'energy', 'industrial'].map((one) => projectKindOf(one, totals))).toEqual(['approved', 'verified', 'filed'])
  expect(totals.limits).toEqual({ approved: 95, verified: 66, filed: 55 })
  const cases = [history([3, '2026-11-02T10:00'], [11, '2026-11-06T10:00']), history([3, '2026-11-04T10:00'], [11, '2026-11-10T10:00']), history([1, '2026-11-04T10:00'])].map(file)
  const now = beijing('2026-11-27T10:00')
  expect(projectTotal('industrial', cases, { totals, silence, now, before: TWO })).toEqual({ kind: 'filed', limit: 55, used: 6, due: null, level: 'running', uncovered: [] })
  expect(projectTotal('industrial', [file(history([3, '2026-08-03T10:00']))], { totals, silence, now, before: TWO })).toMatchObject({ level: 'over' })
})

test('a project’s limit comes near as the policy says, whichever of its offices is at work', () => {
  const policies = policiesFrom([])
  const totals = { approvedFlowTypes: policies.approvedFlowTypes.value, verifiedFlowTypes: policies.verifiedFlowTypes.value, limits: { approved: 95, verified: 66, filed: 5 } }
  // Five working days after Monday the second: the ninth is the last, and the seventh and eighth are a weekend.
  const cases = [history([3, '2026-11-02T10:00'], [11, '2026-11-04T10:00']), history([3, '2026-11-04T10:00'])].map(file)
  const at = (now: string, n = 2, of = cases) => projectTotal('industrial', of, { totals, silence, now: beijing(now), before: { n, unit: 'wd' } })
  expect(at('2026-11-05T23:59')).toMatchObject({ used: 3, due: beijing('2026-11-10T00:00'), level: 'running' })
  expect(at('2026-11-05T23:59', 3)).toMatchObject({ level: 'near' })
  expect(['2026-11-06T00:00', '2026-11-07T10:00', '2026-11-09T10:00', '2026-11-10T00:00', '2026-12-10T00:00'].map((now) => at(now).level)).toEqual(['near', 'near', 'last-day', 'over', 'over'])
  expect(at('2026-12-10T00:00').due).toEqual(beijing('2026-11-10T00:00'))
  // While papers are supplemented nothing runs, and a limit that was kept stays kept.
  const paused = [cases[0]!, file([...cases[1]!.states, ...history([6, '2026-11-09T12:00'])])]
  expect(at('2026-12-10T00:00', 2, paused)).toMatchObject({ used: 5, due: null, level: 'running' })
})

test('every limit that reaches into a year whose holidays nobody has said carries that year, and those before it do not', () => {
  const now = beijing('2026-11-27T10:00')
  const limits = (states: ReturnType<typeof history>, calendar = NATIONAL_CALENDAR) => officeLimits(file(states), { promised: 20, statutory: 45 }, { silence, now, before: TWO, calendar }).map(({ name, uncovered }) => [name, uncovered])
  const accepted = history([3, '2026-11-27T09:00'])
  expect(limits(accepted)).toEqual([['authority-promised', []], ['authority-statutory', [2027]]])
  // The last day of the year is still one that everybody knows.
  expect(uncoveredTo(beijing('2027-01-01T00:00'), now, NATIONAL_CALENDAR)).toEqual([])
  expect(uncoveredTo(beijing('2027-01-02T00:00'), now, NATIONAL_CALENDAR)).toEqual([2027])
  expect(uncoveredOf([{ uncovered: [2028] }, { uncovered: [] }, { uncovered: [2027, 2028] }])).toEqual([2027, 2028])
  const totals = { approvedFlowTypes: [], verifiedFlowTypes: [], limits: { approved: 95, verified: 66, filed: 55 } }
  const total = (of: ReturnType<typeof history>) => projectTotal('industrial', [file(of)], { totals, silence, now, before: TWO }).uncovered
  expect(total(accepted)).toEqual([2027])
  expect(total(history([3, '2026-09-01T09:00']))).toEqual([])
  expect(total([...accepted, ...history([11, '2026-11-27T09:30'])])).toEqual([])
})

test('a promise longer than the law is cut to it, and one without a law stands', () => {
  const now = beijing('2026-11-24T10:00')
  const [promised, statutory] = officeLimits(file(history([3, '2026-11-23T10:00'])), { promised: 40, statutory: 5 }, { silence, now, before: TWO })
  expect(promised!.due).toEqual(statutory!.due)
  expect(heldTo({ promised: 40, statutory: 5 })).toEqual({ promised: 5, statutory: 5 })
  expect([heldTo({ promised: 40, statutory: null }), heldTo({ promised: null, statutory: 5 }), heldTo({ promised: 3, statutory: 5 })].map((days) => days.promised)).toEqual([40, null, 3])
})
