import { expect, test } from 'vitest'
import { keptUntil } from '#app/domain/awards/archive.ts'

test.each([
  ['an ordinary day', '2026-11-20T02:00:00Z', 15, '2041-11-20'],
  ['late in the evening of Greenwich it is the next day in Beijing', '2026-11-20T16:00:00Z', 15, '2041-11-21'],
  ['a leap day of a year that has none', '2028-02-29T02:00:00Z', 15, '2043-02-28'],
  ['a leap day of a year that has one', '2028-02-29T02:00:00Z', 16, '2044-02-29'],
])('%s', (_, endedAt, years, until) => {
  expect(keptUntil(new Date(endedAt), years)).toBe(until)
})
