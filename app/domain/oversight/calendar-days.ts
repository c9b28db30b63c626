import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { addDays, covers, Day, isWorkday, nationalDayOf, type Calendar, type CalendarDay } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import { DivisionCode } from '../divisions/division.ts'

/** So many days from today on may be entered: the State Council announces one year, a few days before it begins. */
const FURTHEST_DAYS = 1100
/** No holiday is longer; a range that is has a slip in it. */
const LONGEST_RANGE = 31
const MOST_DAYS = 200

const Lines = text({ least: 0, most: 4000, lines: true }).optional().transform((given) => given ?? '')
const Source = text({ least: 5, most: 300, say: { empty: 'calendar.source-short', short: 'calendar.source-short', long: 'calendar.source-long' } })

/** Asked for on few days of a decade only: whatever else stands there is no tick. */
const Tick = z.unknown().optional().transform((given) => given === 'yes')

/** Days as they are pasted from an announcement: free ones and worked ones, each one day or one range a line, and who announced them. */
export const CalendarForm = z.object({ division: DivisionCode, holidays: Lines, workdays: Lines, announced: Tick, source: Source })
export type CalendarForm = z.output<typeof CalendarForm>
export const CalendarRemoval = z.object({ division: DivisionCode, day: Day, reason: Source })
export type CalendarRemoval = z.output<typeof CalendarRemoval>

const WRITTEN = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/gu

/**
 * What marks a year as announced that was not entered before its 1 October, and so has no day any more that would: that day as it was
 * counted, since what it decided stands.
 *
 * @param today the Beijing day of the act
 * @returns null where the year is known, or its 1 October may still be entered
 */
export function lateAnnouncement(calendar: Calendar, today: Day): CalendarDay | null {
  const year = Number(today.slice(0, 4))
  const day = nationalDayOf(year)
  return covers(calendar, year) || today <= day ? null : { day, working: isWorkday(day, calendar) }
}

/**
 * The days that a form names, by day.
 *
 * @param today the Beijing day of the act
 * @param announced that is {@link lateAnnouncement} where the form says that the rest of the year is entered; then it need name no day
 * Refuses at the field: `calendar.none`, `calendar.unreadable`, `calendar.range`, `calendar.twice`, `calendar.past` (what a past day decided
 * stands), `calendar.too-far`, `calendar.too-many`.
 */
export function daysOf({ holidays, workdays }: Pick<CalendarForm, 'holidays' | 'workdays'>, today: Day, announced: CalendarDay | null = null): CalendarDay[] {
  const named = [
    ...daysIn(holidays, 'holidays').map((day) => ({ day, working: false, field: 'holidays' })),
    ...daysIn(workdays, 'workdays').map((day) => ({ day, working: true, field: 'workdays' })),
  ]
  if (!named.length && !announced) throw refuse('holidays', 'calendar.none')
  if (named.length > MOST_DAYS) throw refuse('holidays', 'calendar.too-many', { most: MOST_DAYS })
  const seen = new Set<Day>()
  for (const { day, field } of named) {
    if (seen.has(day)) throw refuse(field, 'calendar.twice', { day })
    seen.add(day)
    if (day < today) throw refuse(field, 'calendar.past', { day })
    if (day > addDays(today, FURTHEST_DAYS)) throw refuse(field, 'calendar.too-far', { day })
  }
  return [...(announced ? [announced] : []), ...named.map(({ day, working }) => ({ day, working }))].toSorted((one, other) => (one.day < other.day ? -1 : 1))
}

function daysIn(lines: string, field: string): Day[] {
  return lines
    .normalize('NFKC')
    .split(/[\n,;、]/u)
    .map((text, place) => ({ text: text.trim(), line: place + 1 }))
    .filter(({ text }) => text !== '')
    .flatMap(({ text, line }) => {
      const [first, last = first, more] = [...text.matchAll(WRITTEN)].map(([, year, month, day]) => `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`)
      // A day without its year beside one that has it is not to be lost without a word.
      const isMore = more !== undefined || /\d/.test(text.replace(WRITTEN, '').replace(/\([^)]*\)/gu, ''))
      if (!first || !last || isMore || ![first, last].every((day) => Day.safeParse(day).success)) throw refuse(field, 'calendar.unreadable', { line })
      const days = Array.from({ length: LONGEST_RANGE + 1 }, (_, n) => addDays(first, n)).filter((day) => day <= last)
      if (last < first || days.length > LONGEST_RANGE) throw refuse(field, 'calendar.range', { line })
      return days
    })
}

function refuse(field: string, code: 'calendar.none' | 'calendar.unreadable' | 'calendar.range' | 'calendar.twice' | 'calendar.past' | 'calendar.too-far' | 'calendar.too-many', params: Record<string, string | number> = {}): Refusal {
  return new Refusal('invalid', code, { field, params })
}
