import { useLocale, useWords } from './locale.tsx'
import type { Locale } from '#app/words/words.ts'

/** A day as people write it: 2026年11月22日（周日）, or Sun 22 Nov 2026. */
export function Day({ day, weekday = true }: { day: string; weekday?: boolean }) {
  const locale = useLocale()
  return (
    <time className="whole" dateTime={day}>
      {dayText(day, locale, weekday)}
    </time>
  )
}

/** An instant in Beijing time, which the page says. `bare` leaves the words out where a heading has them. */
export function Instant({ at, seconds = false, bare = false }: { at: Date | string | number; seconds?: boolean; bare?: boolean }) {
  const locale = useLocale()
  const { beijingTime } = useWords().frame
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()}>
      <span className="whole">{dayText(dayAt(date), locale, false)}</span> <span className="whole">{timeAt(date, seconds)}</span>
      {bare ? null : <span className="whole">{beijingTime}</span>}
    </time>
  )
}

/** Until when something must be done. A limit that is over at midnight is a day's, to its end, and nobody has to count back. */
export function Deadline({ at, ...how }: { at: Date | string; seconds?: boolean; bare?: boolean }) {
  const locale = useLocale()
  const { endOfDay } = useWords().frame
  const date = new Date(at)
  if (!isMidnight(date)) return <Instant at={date} {...how} />
  return <time className="whole" dateTime={date.toISOString()}>{endOfDay(dayText(dayAt(new Date(date.getTime() - 1)), locale, false))}</time>
}

/** Is it the first instant of a Beijing day? */
function isMidnight(at: Date): boolean {
  return (at.getTime() + BEIJING) % 86_400_000 === 0
}

const WEEKDAYS = { zh: ['日', '一', '二', '三', '四', '五', '六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] }
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The text of a day given as YYYY-MM-DD, without any time zone in it. */
export function dayText(day: string, locale: Locale, weekday = true): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const of = WEEKDAYS[locale][new Date(Date.UTC(year, month - 1, date)).getUTCDay()]
  if (locale === 'zh') return `${year}年${month}月${date}日${weekday ? `（周${of}）` : ''}`
  return `${weekday ? `${of} ` : ''}${date} ${MONTHS[month - 1]} ${year}`
}

const BEIJING = 8 * 3600_000

/** The text of an instant on Beijing's clock; China keeps one zone and no summer time. */
export function instantText(at: Date, locale: Locale, seconds = false): string {
  return `${dayText(dayAt(at), locale, false)} ${timeAt(at, seconds)}`
}

function dayAt(at: Date): string {
  return new Date(at.getTime() + BEIJING).toISOString().slice(0, 10)
}

function timeAt(at: Date, seconds: boolean): string {
  return new Date(at.getTime() + BEIJING).toISOString().slice(11, seconds ? 19 : 16)
}
