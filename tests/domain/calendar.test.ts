import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, Day, calendarWith, coverageOf, covers, dayOf, endOf, isWorkday, NATIONAL_CALENDAR, startOf, workingDaysBetween, type Period } from '#app/domain/calendar.ts'

const beijing = (text: string) => new Date(`${text}:00+08:00`)

test('a day is a day in Beijing, whatever the machine thinks', () => {
  expect(dayOf(beijing('2026-11-22T00:00'))).toBe('2026-11-22')
  expect(dayOf(beijing('2026-11-21T23:59'))).toBe('2026-11-21')
  expect(startOf('2026-11-22')).toEqual(beijing('2026-11-22T00:00'))
})

test.each<[string, string, Period, string]>([
  ['a day is counted from the next one and lasts until midnight', '2026-11-23T10:00', { n: 1, unit: 'd' }, '2026-11-25T00:00'],
  ['a last day on a Sunday moves to Monday', '2026-11-19T10:00', { n: 3, unit: 'd' }, '2026-11-24T00:00'],
  ['a last day on the first of October moves behind the holidays', '2026-09-28T10:00', { n: 3, unit: 'd' }, '2026-10-09T00:00'],
  ['a Sunday that is worked instead is a last day like any other', '2026-09-17T10:00', { n: 3, unit: 'd' }, '2026-09-21T00:00'],
  ['working days leap over the weekend', '2026-11-19T10:00', { n: 3, unit: 'wd' }, '2026-11-25T00:00'],
  ['a working day within the holidays is the first one behind them', '2026-10-02T10:00', { n: 1, unit: 'wd' }, '2026-10-09T00:00'],
  ['a Saturday that is worked instead counts', '2026-10-08T10:00', { n: 2, unit: 'wd' }, '2026-10-11T00:00'],
  ['seconds run from the instant and never move', '2026-10-01T23:59', { n: 90, unit: 's' }, '2026-10-02T00:00'],
])('%s', (_name, start, period, end) => {
  const expected = period.unit === 's' ? new Date(beijing(end).getTime() + 30_000) : beijing(end)
  expect(endOf(beijing(start), period)).toEqual({ at: expected, uncovered: [] })
})

test('a year whose holidays nobody knows is named, and weekdays are taken as worked', () => {
  expect(covers(NATIONAL_CALENDAR, 2026)).toBe(true)
  expect(covers(NATIONAL_CALENDAR, 2027)).toBe(false)
  expect(endOf(beijing('2026-12-28T10:00'), { n: 5, unit: 'wd' })).toEqual({ at: beijing('2027-01-05T00:00'), uncovered: [2027] })
})

test('what a division has decided wins, and covers a year that the national calendar does not know', () => {
  const calendar = calendarWith([{ day: '2027-01-01', working: false }, { day: '2027-10-01', working: false }, { day: '2026-11-23', working: false }])
  expect(endOf(beijing('2026-12-28T10:00'), { n: 4, unit: 'wd' }, calendar)).toEqual({ at: beijing('2027-01-05T00:00'), uncovered: [] })
  expect(isWorkday('2026-11-23', calendar)).toBe(false)
  expect(endOf(beijing('2026-11-20T10:00'), { n: 3, unit: 'd' }, calendar).at).toEqual(beijing('2026-11-25T00:00'))
})

test('a year counts as announced with its National Day, and not because one day of it was entered', () => {
  expect(coverageOf(NATIONAL_CALENDAR, 2026)).toBe('package')
  expect(coverageOf(calendarWith([{ day: '2027-07-20', working: false }]), 2027)).toBe('none')
  expect(coverageOf(calendarWith([{ day: '2027-10-01', working: false }]), 2027)).toBe('entered')
})

test('a calendar in which nothing is worked ends with a fault and not never', () => {
  const days = Array.from({ length: 6200 }, (_, n) => ({ day: addDays('2026-01-01', n), working: false }))
  expect(() => endOf(beijing('2026-01-01T10:00'), { n: 1, unit: 'wd' }, calendarWith(days))).toThrow(/No working day/)
})

test('a period ends on a worked day, later the longer it is, with exactly its working days inside', () => {
  const start = fc.date({ min: beijing('2010-01-01T00:00'), max: beijing('2026-06-01T00:00'), noInvalidDate: true })
  fc.assert(fc.property(start, fc.integer({ min: 1, max: 60 }), fc.constantFrom('d' as const, 'wd' as const), (from, n, unit) => {
    const { at } = endOf(from, { n, unit })
    const last = addDays(dayOf(at), -1)
    expect(at).toEqual(startOf(dayOf(at)))
    expect(isWorkday(last)).toBe(true)
    expect(endOf(from, { n: n + 1, unit }).at.getTime()).toBeGreaterThanOrEqual(at.getTime())
    if (unit === 'wd') expect(workingDaysBetween(dayOf(from), last)).toBe(n)
  }), { numRuns: 300 })
})

test.each(['0000-01-01', '0000-02-29', '2026-02-30', '10000-01-01', ''])('%s is no day', (text) => {
  expect(Day.safeParse(text).success).toBe(false)
})
