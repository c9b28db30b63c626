import type { ReactNode } from 'react'
import { useWords } from './locale.tsx'

/** Working days that each party has used. */
export type Spent = { agency: number; owner: number; authority: number }

export type ClockProps = {
  /** What runs, such as the name of the service. */
  label: string
  /** Working days granted in all. */
  limit: number
  spent: Spent
  /** The last day, as a Day or Instant. */
  until?: ReactNode
  /** Why the clock stands still, if it does. */
  paused?: ReactNode
}

const PARTIES = ['agency', 'owner', 'authority'] as const

/** Working days left, and the bar of who used the others. Only the agency's days count against its promise. */
export function Clock({ label, limit, spent, until, paused }: ClockProps) {
  const words = useWords().frame.clock
  const left = limit - spent.agency
  const all = Math.max(limit - spent.agency, 0) + spent.agency + spent.owner + spent.authority || 1
  let from = 0
  const parts = PARTIES.map((party) => {
    const width = (spent[party] / all) * 100
    const part = { party, x: from, width }
    from += width
    return part
  })
  return (
    <div className="stack">
      <div>
        <p className="muted small">{label}</p>
        <p className="clock-left">
          <strong className={left < 0 ? 'text-red' : undefined}>{Math.abs(left)}</strong>
          {left < 0 ? words.over : words.left}
        </p>
        {until ? (
          <p className="small">
            {words.until}
            {until}
          </p>
        ) : null}
        {paused ? <p className="small">{paused}</p> : null}
      </div>
      <svg className="clock-bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img">
        <title>{words.summary({ ...spent, limit })}</title>
        {parts.map(({ party, x, width }) => (
          <rect key={party} className={party === 'agency' && left < 0 ? 'fill-over' : `fill-${party}`} x={x} y="0" width={width} height="4" />
        ))}
      </svg>
      <ul className="legend">
        {PARTIES.map((party) => (
          <li key={party}>
            <i className={party === 'agency' && left < 0 ? 'fill-over' : `fill-${party}`} />
            {words[party]} {words.days(spent[party])}
          </li>
        ))}
      </ul>
    </div>
  )
}
