import chineseDays from 'chinese-days'
import { z } from 'zod'

/** A day in Beijing, `YYYY-MM-DD`. Text on purpose: as a Date it would move with the machine's time zone. There is no year 0, for the database neither. */
export type Day = string
export const Day = z.iso.date('forms.date').refine((day) => !day.startsWith('0000'), 'forms.date')

export const UNITS = ['s', 'min', 'h', 'd', 'wd'] as const
/** Seconds, minutes, hours, calendar days, working days. */
export type Unit = (typeof UNITS)[number]
export type Period = { n: number; unit: Unit }
export const Period = z.object({ n: z.number().int().nonnegative(), unit: z.enum(UNITS) })

/** Days that a division has decided itself (a storm, a local holiday, next year's holidays before the package knows them). */
export type CalendarDay = { day: Day; working: boolean }

/** Which days are worked. What `overlay` says wins over the national calendar. */
export type Calendar = { overlay: ReadonlyMap<Day, boolean> }

/** Where a period ends, and the years of which nobody has said the holidays yet: there every weekday was taken as worked. */
export type Ending = { at: Date; uncovered: number[] }

export const NATIONAL_CALENDAR: Calendar = { overlay: new Map() }

const BEIJING = 8 * 3_600_000
const MILLISECONDS = { s: 1000, min: 60_000, h: 3_600_000 } as const
const DAY = 86_400_000
/** No period of ours is longer, an office's 3,650 working days among them; a calendar in which nothing is ever worked must not hang a page. */
const FURTHEST = 6000

/** The national calendar with these days laid over it. Of two rows for one day the later wins, so they come farthest division first. */
export function calendarWith(days: readonly CalendarDay[]): Calendar {
  return { overlay: new Map(days.map(({ day, working }) => [day, working])) }
}

/** The Beijing day in which an instant lies. China has had one time zone without summer time since 1992. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + BEIJING).toISOString().slice(0, 10)
}

/** The first instant of a Beijing day. */
export function startOf(day: Day): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - BEIJING)
}

/** So many calendar days later, earlier where `n` is below nought; no working days, no holidays ({@link endOf} knows those). */
export function addDays(day: Day, n: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10)
}

/** From where the holidays of a year are known: the software's national calendar, what was entered over it, or nowhere. */
export type Coverage = 'package' | 'entered' | 'none'

/** A year is known when its National Day is: a storm's day, or one local holiday, announces no year. */
export function coverageOf({ overlay }: Calendar, year: number): Coverage {
  return KNOWN_YEARS.has(year) ? 'package' : overlay.has(nationalDayOf(year)) ? 'entered' : 'none'
}

/** Are the holidays of this year known, from the national calendar or from the overlay? */
export function covers(calendar: Calendar, year: number): boolean {
  return coverageOf(calendar, year) !== 'none'
}

/** Is this day worked? In a year that nobody covers, Monday to Friday are; `endOf` names such years. */
export function isWorkday(day: Day, calendar: Calendar = NATIONAL_CALENDAR): boolean {
  const said = calendar.overlay.get(day)
  if (said !== undefined) return said
  if (KNOWN_YEARS.has(yearOf(day))) return chineseDays.isWorkday(day)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/**
 * When a period ends.
 *
 * Seconds, minutes and hours run from the instant. Days are counted from the day after it (民法典 201) and end
 * at 24:00 of the last day (203), so `at` is the first instant that is too late. A last day that is not worked moves to the
 * next one that is (203). Periods of hours do not move: they are the market's clock, not the law's.
 *
 * @param start the instant that sets the period going
 * @param calendar the days that are worked where the period runs
 * @returns the end, and the years whose holidays are unknown: whoever shows `at` says so beside it
 */
export function endOf(start: Date, period: Period, calendar: Calendar = NATIONAL_CALENDAR): Ending {
  const { n, unit } = period
  if (unit !== 'd' && unit !== 'wd') return { at: new Date(start.getTime() + n * MILLISECONDS[unit]), uncovered: [] }
  const uncovered = new Set<number>()
  const worked = (day: Day) => {
    if (!covers(calendar, yearOf(day))) uncovered.add(yearOf(day))
    return isWorkday(day, calendar)
  }
  let day = dayOf(start)
  if (unit === 'd') day = addDays(day, n)
  for (let left = unit === 'wd' ? n : 0, steps = 0; left > 0 || !worked(day); steps++) {
    if (steps > FURTHEST) throw new Error(`No working day was found in ${FURTHEST} days after ${dayOf(start)}`)
    day = addDays(day, 1)
    if (left > 0 && worked(day)) left--
  }
  return { at: startOf(addDays(day, 1)), uncovered: [...uncovered].sort((a, b) => a - b) }
}

/**
 * The instant that lies a period before another: calendar days of 24 hours, or so many working days earlier at the same hour.
 * A limit that is counted backwards never moves over a holiday: that would shorten it for whoever has to act.
 */
export function periodBefore(end: Date, { n, unit }: Period, calendar: Calendar = NATIONAL_CALENDAR): Date {
  if (unit !== 'wd') return new Date(end.getTime() - n * (unit === 'd' ? DAY : MILLISECONDS[unit]))
  let day = dayOf(end)
  for (let left = n, steps = 0; left > 0; steps++) {
    if (steps > FURTHEST) throw new Error(`No working day was found in ${FURTHEST} days before ${dayOf(end)}`)
    day = addDays(day, -1)
    if (isWorkday(day, calendar)) left--
  }
  return new Date(startOf(day).getTime() + (end.getTime() - startOf(dayOf(end)).getTime()))
}

/** A period of hours or less that is never shorter than another such; any day is longer. */
export function atLeast(period: Period, least: { n: number; unit: 's' | 'min' | 'h' }): Period {
  const { n, unit } = period
  if (unit === 'd' || unit === 'wd') return n > 0 ? period : least
  return n * MILLISECONDS[unit] >= least.n * MILLISECONDS[least.unit] ? period : least
}

/** The working days after `from`, up to and with `until`. */
export function workingDaysBetween(from: Day, until: Day, calendar: Calendar = NATIONAL_CALENDAR): number {
  let count = 0
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) if (isWorkday(day, calendar)) count++
  return count
}

/** The years from one instant to another of which nobody has said the holidays. A limit in one of them may move when they are announced. */
export function uncoveredYears(from: Date, until: Date, calendar: Calendar): number[] {
  const [first, last] = [from, until].map((at) => yearOf(dayOf(at))) as [number, number]
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, place) => first + place).filter((year) => !covers(calendar, year))
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** The day with which a year counts as announced. */
export function nationalDayOf(year: number): Day {
  return `${year}-10-01`
}

// The package takes every later weekday for a working day without a word.
const KNOWN_YEARS = new Set(Array.from({ length: 200 }, (_, n) => 2000 + n).filter((year) => chineseDays.getDayDetail(nationalDayOf(year)).name.includes('国庆节')))
