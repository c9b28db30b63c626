import { dayOf, workingDaysBetween, type Calendar } from './calendar.ts'

/** What is left until an instant: minutes within the hour, hours within the day, then working days; `late` where it has passed. */
export type TimeLeft = { unit: 'late' } | { unit: 'min' | 'h' | 'wd'; n: number }

/** One thing that waits for somebody: what it is, of which thing, by when or since when, and where it is done (`subject`). `uncovered` are years on the way to `until` whose holidays nobody has said. */
export type AgendaItem<Kind extends string = string> = { kind: Kind; subject: string; title: string; note?: string; count?: number; until: Date | null; since: Date; uncovered?: readonly number[] }
export type Due<Item> = Item & { left: TimeLeft | null }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Days are working days where the reader works; a free day in between is not counted as time to act in. */
export function timeLeft(at: Date, until: Date, calendar: Calendar): TimeLeft {
  const left = until.getTime() - at.getTime()
  if (left <= 0) return { unit: 'late' }
  if (left < HOUR) return { unit: 'min', n: Math.ceil(left / MINUTE) }
  const days = left < DAY ? 0 : workingDaysBetween(dayOf(at), dayOf(new Date(until.getTime() - 1)), calendar)
  return days > 0 ? { unit: 'wd', n: days } : { unit: 'h', n: Math.floor(left / HOUR) }
}

/**
 * What needs somebody today, sorted by the clock: what runs out first stands first. What has no clock comes after, in the
 * order of `kinds` and then the longest waiting first.
 */
export function agendaOf<Kind extends string>(items: readonly AgendaItem<Kind>[], { at, calendar, kinds }: { at: Date; calendar: Calendar; kinds: readonly Kind[] }): Due<AgendaItem<Kind>>[] {
  const rank = ({ until }: AgendaItem<Kind>) => until?.getTime() ?? Infinity
  return items
    .toSorted((one, other) => {
      if (one.until || other.until) return rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0
      return kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || one.since.getTime() - other.since.getTime()
    })
    .map((item) => ({ ...item, left: item.until && timeLeft(at, item.until, calendar) }))
}
