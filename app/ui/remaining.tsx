import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { isStopped } from '#app/domain/tenders/given-back.ts'
import { useWords } from './locale.tsx'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The same of a clock that stands still while the regulator holds its tender: then what the page knows is that the end will be later. */
export function Left({ shown: { tender, at }, until }: { shown: Pick<ShownTender, 'tender' | 'at'>; until: Date | string }) {
  const { moves } = useWords().changes.section
  return isStopped(tender, until) ? <strong className="whole">{moves}</strong> : <Remaining at={at} until={until} />
}

/** What is left until an instant, as it stood when the page was made; the instant itself stands beside it. */
export function Remaining({ at, until }: { at: Date | string; until: Date | string }) {
  const words = useWords().life.remaining
  const left = new Date(until).getTime() - new Date(at).getTime()
  if (left <= 0) return <strong className="whole">{words.over}</strong>
  const whole = (unit: number, of = Infinity) => Math.floor((left % of) / unit)
  if (left >= DAY) return <strong className="whole">{words.days(whole(DAY), whole(HOUR, DAY))}</strong>
  if (left >= HOUR) return <strong className="whole">{words.hours(whole(HOUR), whole(MINUTE, HOUR))}</strong>
  if (left >= MINUTE) return <strong className="whole">{words.minutes(whole(MINUTE), whole(SECOND, MINUTE))}</strong>
  return <strong className="whole">{words.seconds(Math.ceil(left / SECOND))}</strong>
}
