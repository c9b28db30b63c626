import { PARTIES } from '#app/domain/cases/party.ts'
import { STEP_PARTS } from '#app/domain/cases/critical-path.ts'
import type { ProjectBar } from '#app/domain/contracts/project-times.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from './data-table.tsx'
import { useLocale, useWords } from './locale.tsx'
import { PartyPart, PartyPatterns, PartySwatch } from './party-pattern.tsx'
import { dayText } from './time.tsx'

type Bar = Omit<ProjectBar, 'from' | 'until'> & { from: Date | string; until: Date | string }
export type Chart = { bars: readonly Bar[]; path: { totals: Record<(typeof STEP_PARTS)[number], number>; whole: number }; from: Date | string; until: Date | string; whole: number }

const [WIDTH, HEIGHT, BAR, LINE] = [720, 46, 30, 7]
/** A line stands at every so many working days; the first of these that gives few enough. */
const STEPS = [5, 10, 20, 50, 100, 250]
const MOST_LINES = 14

/** One bar for each case and each service that it waits for, over working days; what the end depends on is underlined. A table says the same. */
export function ProjectChart({ bars, path, from, until, whole }: Chart) {
  const words = useWords().clock
  const said = words.project
  const dayOf = useDay()
  const grid = STEPS.find((step) => whole / step <= MOST_LINES) ?? STEPS.at(-1)!
  const { totals } = path
  const used = PARTIES.filter((party) => bars.some(({ parts }) => parts.some((part) => part.party === party)))
  return (
    <div className="stack">
      <p className="font-medium">{said.path({ whole: path.whole, service: totals.service, share: path.whole ? Math.round((totals.service / path.whole) * 100) : 0 })}</p>
      <dl className="figure-row" aria-label={said.shares}>
        {STEP_PARTS.filter((part) => totals[part] > 0).map((part) => <div key={part}><dt>{said.parts[part]}</dt><dd>{totals[part]}</dd></div>)}
      </dl>
      <svg className="sr-only" aria-hidden="true"><PartyPatterns /></svg>
      <figure className="course">
        <figcaption className="legend">
          {used.map((party) => <span key={party}><PartySwatch party={party} /> {words.parties[party]}</span>)}
          <span><svg className="swatch" viewBox="0 0 16 16" aria-hidden="true"><rect className="course-path" y="6" width="16" height={LINE} /></svg> {said.onPath}</span>
        </figcaption>
        <ol>
          {bars.map((bar) => <Row key={bar.key} bar={bar} whole={whole} grid={grid} />)}
        </ol>
        <p className="course-axis"><span>{dayOf(from)}</span><span>{said.grid(grid)}</span><span>{bars.some(({ goesOn }) => goesOn) ? said.today : dayOf(until)}</span></p>
      </figure>
      <details className="fold fold-wide">
        <summary>{said.asTable}</summary>
        <Table bars={bars} />
      </details>
    </div>
  )
}

function Row({ bar, whole, grid }: { bar: Bar; whole: number; grid: number }) {
  const { clock: { project: said, acceptance }, cases } = useWords()
  const notes = [...(bar.deemed ? [acceptance.deemedMark] : []), ...(isBegun(bar) ? [bar.goesOn ? said.soFar(bar.days) : cases.page.days(bar.days)] : []), ...(bar.milestone && bar.goesOn ? [cases.milestones[bar.milestone]] : []), ...(bar.criticalDays ? [said.criticalOf(bar.criticalDays)] : [])]
  const x = (days: number) => (days / (whole || 1)) * WIDTH
  const lines = Array.from({ length: Math.ceil(whole / grid) - 1 }, (_, place) => (place + 1) * grid)
  return (
    <li className={bar.kind === 'service' ? 'course-service' : undefined}>
      <div className="course-name">
        <TaskLink bar={bar} />
        <span className="row-note">{notes.join(' · ')}</span>
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said.described({ name: bar.name, days: bar.days, critical: bar.criticalDays })}>
        {lines.map((days) => <line key={days} x1={x(days)} x2={x(days)} y1="0" y2={HEIGHT} />)}
        {bar.parts.map(({ party, start, days }) => (days ? <PartyPart key={`${party} ${start}`} party={party} x={x(start)} y={2} width={x(days)} height={BAR} /> : null))}
        {bar.days ? null : <rect className="course-path" x={Math.min(x(bar.start), WIDTH - 4)} y="2" width="3" height={BAR} />}
        {bar.critical.map(({ start, days }) => <rect key={start} className="course-path" x={x(start)} y={BAR + 5} width={Math.max(x(days), 3)} height={LINE} />)}
      </svg>
    </li>
  )
}

/** A service that nobody has bought yet has no time. */
function isBegun({ kind, days, goesOn }: Bar): boolean {
  return kind === 'case' || days > 0 || !goesOn
}

function TaskLink({ bar: { kind, name, caseId, tender } }: { bar: Bar }) {
  if (kind === 'case') return <a href={paths.case(caseId)}>{name}</a>
  return tender ? <a href={paths.contract(tender)}>{name}</a> : <>{name}</>
}

function Table({ bars }: { bars: readonly Bar[] }) {
  const { clock, cases } = useWords()
  const said = clock.project
  const dayOf = useDay()
  return (
    <DataTable
      caption={said.tableCaption}
      rows={bars}
      keyOf={({ key }) => key}
      empty={cases.ofProject.empty}
      columns={[
        { key: 'name', label: said.task, main: true, cell: (bar) => <TaskLink bar={bar} /> },
        { key: 'kind', label: said.kind, cell: ({ kind, milestone }) => <>{said.kindOf[kind]}{milestone ? <div className="row-note">{cases.milestones[milestone]}</div> : null}</> },
        { key: 'from', label: clock.from, cell: (bar) => (isBegun(bar) ? dayOf(bar.from) : '—') },
        { key: 'until', label: clock.until, cell: (bar) => (!isBegun(bar) ? '—' : bar.goesOn ? said.goesOn : dayOf(bar.until)) },
        { key: 'days', label: said.days, number: true, cell: ({ days }) => days },
        { key: 'critical', label: said.critical, number: true, cell: ({ criticalDays }) => criticalDays },
        ...(bars.some(({ spare }) => spare !== null) ? [{ key: 'spare', label: said.spare, number: true, cell: ({ spare }: Bar) => spare ?? '—' }] : []),
      ]}
    />
  )
}

function useDay(): (at: Date | string) => string {
  const locale = useLocale()
  return (at) => dayText(new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 10), locale, false)
}
