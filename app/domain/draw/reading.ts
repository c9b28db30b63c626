import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import type { Awaited } from './awaited.ts'
import type { LotteryBeacon } from './draw.ts'
import { drawnAt, drumsOf, isDrawDay, isIssueOf, type GameName } from './lottery.ts'
import { lotteryValue } from './order.ts'

/** What one officer read of a national lottery. `pause` says why the game was not drawn on the expected day; empty where it was. */
export type Reading = { issue: string; day: string; numbers: number[][]; pause: string }

const SHORTEST_PAUSE = 4
const MOST_SIGNS = 200

/** Numbers as people write them, between any signs that are no digits. */
const Balls = z.string('beacon.numbers-missing').trim().min(1, 'beacon.numbers-missing').max(MOST_SIGNS, 'beacon.numbers-wrong').regex(/^[\p{Nd}\s,，、;；+＋.．/／-]*$/u, 'beacon.numbers-wrong').transform((text) => (text.normalize('NFKC').match(/\d+/g) ?? []).map(Number))

/** The form of the page; `front` and `back` are the two drums. */
export const ReadingForm = z.object({
  issue: z.string('forms.required').trim().min(1, 'forms.required').regex(/^\p{Nd}{1,9}$/u, 'beacon.issue-wrong').transform((issue) => issue.normalize('NFKC')),
  day: Day,
  front: Balls,
  back: Balls,
  pause: text({ least: 0, most: MOST_SIGNS, say: { long: 'beacon.pause-long' } }).default(''),
})

/** How many readings are one attempt. */
const TWO = 2

/** Which attempt the next reading belongs to: where two were there and differed, both read again. */
export function attemptOf(readings: readonly unknown[]): number {
  return Math.floor(readings.length / TWO) + 1
}

/**
 * Checks a reading against the one draw that may decide. Nobody may pick another: a later day needs the announcement that
 * the game paused, and says so in public.
 *
 * Refuses `beacon.other-draw`, `beacon.too-early`, `beacon.issue-wrong`, `beacon.numbers-wrong`, `beacon.pause-missing`.
 */
export function mustFit(reading: Reading, { game, day: expected }: Extract<Awaited, { source: 'lottery' }>, at: Date): Reading {
  const { issue, day, pause } = reading
  if (day < expected || !isDrawDay(game, day)) throw new Refusal('invalid', 'beacon.other-draw', { field: 'day', params: { day: expected } })
  if (at < drawnAt(day)) throw new Refusal('invalid', 'beacon.too-early', { field: 'day' })
  if (day > expected && pause.length < SHORTEST_PAUSE) throw new Refusal('invalid', 'beacon.pause-missing', { field: 'pause', params: { day: expected } })
  if (!isIssueOf(game, issue, day)) throw new Refusal('invalid', 'beacon.issue-wrong', { field: 'issue' })
  const numbers = drumsOf(game, reading.numbers)
  if (!numbers) throw new Refusal('invalid', 'beacon.numbers-wrong', { field: 'front' })
  return { issue, day, numbers, pause: day === expected ? '' : pause }
}

/** Did two officers read the same? Their words on a pause may differ. */
export function isSameReading(one: Reading, other: Reading): boolean {
  return one.issue === other.issue && one.day === other.day && JSON.stringify(one.numbers) === JSON.stringify(other.numbers)
}

/** The value that an agreed reading gives. */
export function lotteryBeacon(game: GameName, { issue, day, numbers }: Reading, from: Date): LotteryBeacon {
  return { source: 'lottery', at: from.toISOString(), game, issue, day, numbers, value: lotteryValue(numbers) }
}
