import { uncoveredOf, type Level } from '#app/domain/cases/clock-limits.ts'
import type { ProjectCase } from '#app/domain/contracts/project-times.ts'
import { paths } from '#app/paths.ts'
import { CaseStatus } from './case-status.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { LEVEL_TONES } from './service-clock.tsx'
import { Status } from './status.tsx'
import { SupplementDays } from './supplement-days.tsx'

type Line = Omit<ProjectCase, 'limits' | 'acceptance' | 'supplement'> & { supplement: { used: number; isOverdue: boolean } | null; acceptance: { deemed: boolean } | null; limits: readonly { name: string; level: Level; uncovered: readonly number[] }[] }

/** All approvals of a project side by side, stage after stage: where each stands, its office's days against promise and law, and which services it still waits for. */
export function ProjectCases({ rows }: { rows: readonly Line[] }) {
  const { cases, clock } = useWords()
  const words = clock.project
  return (
    <DataTable
      caption={cases.list.title}
      rows={rows}
      keyOf={({ id }) => id}
      empty={cases.ofProject.empty}
      columns={[
        { key: 'item', label: cases.list.item, main: true, cell: ({ id, item, number, authority, lane }) => <><a href={paths.case(id)}>{item}</a><div className="row-note">{cases.lanes[lane]} · <span className="whole">{number}</span> · {authority}</div></> },
        { key: 'state', label: cases.list.state, cell: ({ state, acceptance, remarks, supplement }) => <><CaseStatus state={state} />{supplement ? <div className="row-note"><SupplementDays of={supplement} /></div> : null}{acceptance?.deemed ? <div className="row-note">{clock.acceptance.deemedMark}</div> : null}{[...new Set(remarks)].map((what) => <div key={what} className="row-note"><Status tone="refused">{clock.remarks[what].mark}</Status></div>)}</> },
        { key: 'used', label: words.used, cell: (one) => <><strong>{cases.page.days(one.used)}</strong><OfficeLimits of={one} /><Uncovered limits={one.limits} /><div className="row-note">{words.wholeOf(one.whole)}</div></> },
        { key: 'waiting', label: cases.ofProject.waiting, cell: ({ waiting }) => (waiting.length ? <ul>{waiting.map(({ name, milestone }) => <li key={name}>{name}<div className="row-note">{cases.milestones[milestone]}</div></li>)}</ul> : cases.ofProject.nothing) },
      ]}
    />
  )
}

/** Said once where any of its limits reaches into a year whose holidays nobody has announced. */
function Uncovered({ limits }: Pick<Line, 'limits'>) {
  const words = useWords().clock
  const years = uncoveredOf(limits)
  return years.length ? <div className="row-note measure">{words.limitUncovered(years.join(', '))}</div> : null
}

/** What an office has by its promise and by law, and what of it is left or was used beyond. */
export function OfficeLimits({ of: { used, promised, statutory, limits, isOver, acceptance } }: { of: Pick<Line, 'used' | 'promised' | 'statutory' | 'isOver'> & { limits: readonly { name: string; level: Level }[]; acceptance: object | null } }) {
  const words = useWords().clock
  const lines = [{ key: 'authority-promised', label: words.project.promised, days: promised }, { key: 'authority-statutory', label: words.project.statutory, days: statutory }]
  return (
    <ul className="office-limits">
      {lines.map(({ key, label, days }) => (
        <li key={key}>
          {label} {days ?? words.project.none}
          {days === null ? null : <DaysLeft used={used} limit={days} level={limits.find(({ name }) => name === key)?.level ?? (isOver ? 'ended' : acceptance ? 'paused' : 'running')} />}
        </li>
      ))}
    </ul>
  )
}

/** What is left of so many days, in words: used up on the last day alone, and over after it; while nothing runs that is said, and at the end whether they were kept. */
export function DaysLeft({ used, limit, level }: { used: number; limit: number; level: Level | 'paused' | 'ended' }) {
  const words = useWords().clock
  if (used > limit || level === 'over') return <Status tone="refused">{words.exceeded(Math.max(used - limit, 0))}</Status>
  if (level === 'ended') return <Status tone="kept">{words.within}</Status>
  if (level === 'paused') return <Status>{words.paused(limit - used)}</Status>
  return <Status tone={LEVEL_TONES[level]}>{level === 'last-day' ? words.lastDay : words.left(limit - used)}</Status>
}
