import type { Limit } from '#app/domain/cases/clock-limits.ts'
import { PARTIES, type Party } from '#app/domain/cases/party.ts'
import type { ServiceClock, Span } from '#app/domain/cases/service-clock.ts'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { PartyPart, PartyPatterns, PartySwatch } from './party-pattern.tsx'
import { Status, type Tone } from './status.tsx'
import { Deadline, Instant } from './time.tsx'

/** A clock and its limits as they come to a page: instants are texts there. */
type Sent<T> = Omit<T, 'from' | 'until' | 'due'> & { [K in Extract<keyof T, 'from' | 'until' | 'due'>]: Date | string }
export type ShownClock = Omit<ServiceClock, 'spans'> & { spans: readonly Sent<Span>[] }
export type ShownLimit = Sent<Limit>

const [WIDTH, HEIGHT] = [720, 28]
/** What a filed contract or a result that was handed over fixed; all others follow the calendar. */
const FIXED: ReadonlySet<Limit['name']> = new Set(['confirm', 'accept'])
export const LEVEL_TONES: Record<Limit['level'], Tone> = { running: 'plain', near: 'open', 'last-day': 'open', over: 'refused' }

/**
 * Who had a service in hand for how many working days: a bar in the order of time, and a table that says the same in figures.
 * Each party has a pattern of its own, so that it is told apart on paper and without colours. Where only totals are known
 * the bar has them one after the other.
 *
 * @param also whether another bar of the page has the patterns and the note on how days are counted
 */
export function ServiceClockBar({ clock, limits = [], also = false }: { clock: ShownClock; limits?: readonly ShownLimit[]; also?: boolean }) {
  const words = useWords().clock
  const { spans, totals, whole, running, uncovered } = clock
  if (!spans.length && whole === 0) return <p className="measure">{running ? words.running(words.parties[running]) : words.none}</p>
  const used = PARTIES.filter((party) => totals[party] > 0 || party === running)
  return (
    <div className="stack">
      <p className="font-medium">{running ? words.running(words.parties[running]) : words.over}</p>
      <Bar parts={spans.length ? spans : used.map((party) => ({ party, workingDays: totals[party] }))} whole={whole} label={words.summary(totals)} patterns={!also} />
      <Totals used={used} clock={clock} />
      {limits.length ? <Limits limits={limits} /> : null}
      {uncovered.length ? <Notice tone="open">{words.uncovered(uncovered.join(', '))}</Notice> : null}
      {spans.length > 1 ? <Spans spans={spans} /> : null}
      {also ? null : <p className="small muted measure">{words.lead}</p>}
    </div>
  )
}

/** Narrow enough for the side of a page and for a phone, so that it never has to scroll or to fall into cards. */
function Totals({ used, clock: { totals, whole } }: { used: readonly Party[]; clock: ShownClock }) {
  const words = useWords().clock
  const shareOf = (days: number) => (whole ? `${Math.round((days / whole) * 100)} %` : '—')
  return (
    <table className="clock-table">
      <caption className="sr-only">{words.caption}</caption>
      <thead>
        <tr><th scope="col">{words.party}</th><th scope="col" className="number">{words.days}</th><th scope="col" className="number">{words.share}</th></tr>
      </thead>
      <tbody>
        {used.map((party) => (
          <tr key={party}>
            <th scope="row"><PartySwatch party={party} /> {words.parties[party]}<span className="row-note">{words.notes[party]}</span></th>
            <td className="number">{totals[party]}</td>
            <td className="number">{shareOf(totals[party])}</td>
          </tr>
        ))}
        <tr><th scope="row">{words.whole}</th><td className="number">{whole}</td><td className="number">{shareOf(whole)}</td></tr>
      </tbody>
    </table>
  )
}

function Bar({ parts, whole, label, patterns }: { parts: readonly { party: Party; workingDays: number }[]; whole: number; label: string; patterns: boolean }) {
  let before = 0
  return (
    <svg className="service-bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
      <title>{label}</title>
      {patterns ? <PartyPatterns /> : null}
      {parts.map(({ party, workingDays }, place) => {
        const [x, width] = [(before / (whole || 1)) * WIDTH, (workingDays / (whole || 1)) * WIDTH]
        before += workingDays
        return width ? <PartyPart key={place} party={party} x={x} width={width} height={HEIGHT} /> : null
      })}
    </svg>
  )
}

function Limits({ limits }: { limits: readonly ShownLimit[] }) {
  const words = useWords().clock
  return (
    <ul className="rows" aria-label={words.limitsTitle}>
      {limits.map(({ name, due, level, round, uncovered }) => (
        <li key={`${name} ${round}`}>
          <div>
            <span className="font-medium">{words.limits[name]}</span>
            <p className="row-note">{words.due} <Deadline at={due} bare /></p>
            {uncovered.length ? <p className="row-note measure">{(FIXED.has(name) ? words.limitFixed : words.limitUncovered)(uncovered.join(', '))}</p> : null}
          </div>
          <div><Status tone={LEVEL_TONES[level]}>{words.levels[level]}</Status></div>
        </li>
      ))}
    </ul>
  )
}

function Spans({ spans }: { spans: readonly Sent<Span>[] }) {
  const words = useWords().clock
  return (
    <details className="fold fold-wide">
      <summary>{words.spans}</summary>
      <DataTable
        caption={words.spansCaption}
        rows={spans}
        keyOf={({ party, from }) => `${party} ${String(from)}`}
        empty={{ title: words.none }}
        columns={[
          { key: 'party', label: words.party, main: true, cell: ({ party }) => words.parties[party] },
          { key: 'round', label: words.round, number: true, cell: ({ round }) => round },
          { key: 'from', label: words.from, cell: ({ from }) => <Instant at={from} bare /> },
          { key: 'until', label: words.until, cell: ({ until }) => <Instant at={until} bare /> },
          { key: 'days', label: words.days, number: true, cell: ({ workingDays }) => workingDays },
        ]}
      />
    </details>
  )
}
