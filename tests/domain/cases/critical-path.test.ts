import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarWith, dayOf, workingDaysBetween } from '#app/domain/calendar.ts'
import { LANES } from '#app/domain/cases/case.ts'
import { criticalPath, type Task } from '#app/domain/cases/critical-path.ts'

const at = (day: string) => new Date(`${day}T10:00:00+08:00`)
const file = (key: string, from: string, until: string, lane: (typeof LANES)[number] = 'land-and-planning'): Task => ({ key, kind: 'case', lane, from: at(from), until: at(until) })
const service = (key: string, ofCase: string, from: string, until: string): Task => ({ key, kind: 'service', ofCase, from: at(from), until: at(until) })
const shape = (tasks: Task[]) => criticalPath(tasks).steps.map(({ key, part, workingDays }) => `${key} ${part} ${workingDays}`)

test.each<[string, Task[], string[]]>([
  ['nothing at all', [], []],
  ['a case that needs no service is its office’s alone', [file('A', '2026-11-02', '2026-11-06')], ['A case 4']],
  ['the service that came last into a case is what the case waited for', [file('A', '2026-11-02', '2026-11-27'), service('a1', 'A', '2026-11-04', '2026-11-11'), service('a2', 'A', '2026-11-05', '2026-11-24')], ['A unbought 3', 'a2 service 13', 'A case 3']],
  ['a service that still goes on determines the end of a case that does', [file('A', '2026-11-02', '2026-11-27'), service('a1', 'A', '2026-11-04', '2026-11-27')], ['A unbought 2', 'a1 service 17']],
  ['a service that nobody has bought leaves the whole time unbought', [file('A', '2026-11-02', '2026-11-27'), service('a1', 'A', '2026-11-27', '2026-11-27')], ['A unbought 19']],
  ['of two cases that go on, the chain that began first counts', [file('A', '2026-11-09', '2026-11-27'), file('B', '2026-11-02', '2026-11-27')], ['B case 19']],
  ['of two that began at once, the one with less time between its stages', [file('A', '2026-11-02', '2026-11-06'), file('B', '2026-11-16', '2026-11-27', 'engineering'), file('C', '2026-11-10', '2026-11-27', 'construction')], ['A case 4', 'A between 2', 'C case 13']],
  ['a later stage begins after the earlier, and the days between are said', [file('A', '2026-11-02', '2026-11-06'), file('B', '2026-11-10', '2026-11-13', 'engineering'), file('C', '2026-11-16', '2026-11-18', 'construction')], ['A case 4', 'A between 2', 'B case 3', 'B between 1', 'C case 2']],
  ['what runs in parallel waits for no stage, and no stage for it', [file('A', '2026-11-02', '2026-11-06', 'parallel'), file('B', '2026-11-10', '2026-11-13', 'engineering')], ['B case 3']],
  ['a service that was begun before its case counts from the case on', [file('A', '2026-11-09', '2026-11-13'), service('a1', 'A', '2026-11-02', '2026-11-11')], ['a1 service 2', 'A case 2']],
  ['a document that may follow later outlives its case', [file('A', '2026-11-02', '2026-11-10'), service('a1', 'A', '2026-11-04', '2026-11-20')], ['A unbought 2', 'a1 service 12']],
])('%s', (_name, tasks, expected) => {
  expect(shape(tasks)).toEqual(expected)
})

test('a service that is not on the path says how many working days it had to spare', () => {
  expect(criticalPath([file('A', '2026-11-02', '2026-11-27'), service('a1', 'A', '2026-11-04', '2026-11-11'), service('a2', 'A', '2026-11-05', '2026-11-24')]).spare).toEqual({ a1: 9 })
})

const HOUR = 3_600_000
const START = at('2026-01-05').getTime()
const NOW = new Date(START + 300 * 24 * HOUR)
const stretch = fc.tuple(fc.integer({ min: 0, max: 7000 }), fc.integer({ min: 1, max: 3000 })).map(([from, hours]) => ({ from: new Date(START + from * HOUR), until: new Date(Math.min(START + (from + hours) * HOUR, NOW.getTime())) }))
const project: fc.Arbitrary<Task[]> = fc
  .array(fc.record({ span: stretch, lane: fc.constantFrom(...LANES), services: fc.array(stretch, { maxLength: 4 }) }), { minLength: 1, maxLength: 7 })
  .map((cases) => cases.flatMap(({ span, lane, services }, place): Task[] => [{ key: `case ${place}`, kind: 'case', lane, ...span }, ...services.map((one, n): Task => ({ key: `service ${place} ${n}`, kind: 'service', ofCase: `case ${place}`, ...one }))]))
const calendars = fc.array(fc.record({ day: fc.integer({ min: 0, max: 299 }).map((day) => dayOf(new Date(START + day * 24 * HOUR))), working: fc.boolean() }), { maxLength: 30 }).map(calendarWith)

test('the path reaches the end without a gap, its days add up, and its order does not depend on how it is told', () => {
  fc.assert(
    fc.property(project, calendars, fc.integer(), (tasks, calendar, turn) => {
      const { steps, whole, totals } = criticalPath(tasks, calendar)
      const end = Math.max(...tasks.map(({ until }) => until.getTime()))
      expect(steps.at(-1)!.until.getTime()).toBe(end)
      for (const [place, step] of steps.entries()) {
        expect(step.from < step.until).toBe(true)
        if (place) expect(step.from).toEqual(steps[place - 1]!.until)
      }
      expect(whole).toBe(workingDaysBetween(dayOf(steps[0]!.from), dayOf(steps.at(-1)!.until), calendar))
      expect(Object.values(totals).reduce((sum, days) => sum + days, 0)).toBe(whole)
      const turned = tasks.slice(Math.abs(turn) % tasks.length).concat(tasks.slice(0, Math.abs(turn) % tasks.length))
      expect(criticalPath(turned, calendar).steps).toEqual(steps)
    }),
    { numRuns: 500 },
  )
})

test('no service came later into a case of the path than the one on it, and one beside it can be shorter without moving anything', () => {
  fc.assert(
    fc.property(project, (tasks) => {
      const { steps, spare } = criticalPath(tasks)
      const onPath = new Set(steps.filter(({ part }) => part === 'service').map(({ key }) => key))
      for (const task of tasks) {
        if (task.kind !== 'service' || onPath.has(task.key)) continue
        const held = tasks.find((other) => other.kind === 'service' && other.ofCase === task.ofCase && onPath.has(other.key))
        // One that outlived its case held it up in nothing; had it been shorter, it might have.
        if (task.until > tasks.find(({ key }) => key === task.ofCase)!.until) continue
        if (held) expect(task.until <= held.until || held.until > tasks.find(({ key }) => key === task.ofCase)!.until).toBe(true)
        if (spare[task.key] !== undefined) expect(spare[task.key]).toBeGreaterThanOrEqual(0)
        const shorter = tasks.map((other) => (other === task ? { ...task, until: new Date((task.from.getTime() + task.until.getTime()) / 2) } : other))
        expect(criticalPath(shorter).steps).toEqual(steps)
      }
    }),
    { numRuns: 500 },
  )
})
