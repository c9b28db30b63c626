import { expect, test } from 'vitest'
import { agendaOf, timeLeft, type AgendaItem } from '#app/domain/agenda.ts'
import { calendarWith, NATIONAL_CALENDAR } from '#app/domain/calendar.ts'

/** A Friday, ten in the morning in Beijing. */
const at = new Date('2026-11-20T02:00:00Z')
const after = (milliseconds: number) => new Date(at.getTime() + milliseconds)
const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000] as const

test.for([
  ['the very instant is late', 0, { unit: 'late' }],
  ['a second is a minute that has begun', SECOND, { unit: 'min', n: 1 }],
  ['within the hour in minutes', 59 * MINUTE + SECOND, { unit: 'min', n: 60 }],
  ['within the day in hours', 23 * HOUR + 59 * MINUTE, { unit: 'h', n: 23 }],
  ['over the weekend, Monday is the one working day left', 3 * DAY, { unit: 'wd', n: 1 }],
  ['up to Sunday no working day is left, so hours are', 2 * DAY, { unit: 'h', n: 48 }],
  ['up to Sunday midnight too: Monday has not begun', 2 * DAY + 14 * HOUR, { unit: 'h', n: 62 }],
  ['a week later', 7 * DAY, { unit: 'wd', n: 5 }],
] as const)('%s', ([, left, expected]) => {
  expect(timeLeft(at, after(left), NATIONAL_CALENDAR)).toEqual(expected)
})

test('a day that the division made free is not time to act in', () => {
  const calendar = calendarWith([{ day: '2026-11-23', working: false }])
  expect(timeLeft(at, after(4 * DAY), calendar)).toEqual({ unit: 'wd', n: 1 })
})

test('what runs out first stands first; what has no clock follows by kind, the longest waiting first', () => {
  const item = (subject: string, kind: 'pressing' | 'idle', until: number | null, since = 0): AgendaItem<'pressing' | 'idle'> => ({ kind, subject, title: '', until: until === null ? null : after(until), since: after(since) })
  const items = [item('e', 'idle', null, -DAY), item('d', 'pressing', null, -HOUR), item('c', 'pressing', null, -2 * HOUR), item('b', 'idle', DAY), item('a', 'idle', -MINUTE)]
  const sorted = agendaOf(items, { at, calendar: NATIONAL_CALENDAR, kinds: ['pressing', 'idle'] })
  expect(sorted.map(({ subject }) => subject).join('')).toBe('abcde')
  expect(sorted.map(({ left }) => left?.unit ?? null)).toEqual(['late', 'h', null, null, null])
})
