import { LANES, type Lane } from '#app/domain/cases/case.ts'
import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'
import type { Milestone } from '#app/domain/cases/milestone.ts'
import { paths } from '#app/paths.ts'
import { CaseStatus } from './case-status.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Status } from './status.tsx'

export type ProjectCase = { id: string; number: string; item: string; authority: string; lane: Lane; state: CaseStateNumber; statutoryDays: number | null; promisedDays: number | null; spentDays: number; isOver: boolean; waiting: { name: string; milestone: Milestone }[] }

/** All approvals of a project side by side, stage after stage: where each stands, its days, and which services it still waits for. */
export function ProjectCases({ rows }: { rows: readonly ProjectCase[] }) {
  const { cases } = useWords()
  const words = cases.page
  const inOrder = rows.toSorted((one, other) => LANES.indexOf(one.lane) - LANES.indexOf(other.lane))
  return (
    <DataTable
      caption={cases.list.title}
      rows={inOrder}
      keyOf={({ id }) => id}
      empty={cases.ofProject.empty}
      columns={[
        { key: 'item', label: cases.list.item, main: true, cell: ({ id, item, number }) => <><a href={paths.case(id)}>{item}</a><div className="small muted">{number}</div></> },
        { key: 'lane', label: words.lane, cell: ({ lane }) => cases.lanes[lane] },
        { key: 'authority', label: words.authority, cell: ({ authority }) => authority },
        { key: 'state', label: cases.list.state, cell: ({ state }) => <CaseStatus state={state} /> },
        { key: 'days', label: cases.ofProject.days, cell: ({ spentDays, promisedDays, statutoryDays, isOver }) => <>{isOver ? words.days(spentDays) : cases.ofProject.spent(spentDays)}{promisedDays ?? statutoryDays ? <div className="small muted">{cases.ofProject.of(promisedDays, statutoryDays)}</div> : null}{(promisedDays ?? statutoryDays ?? Infinity) < spentDays ? <Status tone="refused">{cases.ofProject.over}</Status> : null}</> },
        { key: 'waiting', label: cases.ofProject.waiting, cell: ({ waiting }) => (waiting.length ? <ul className="reasons">{waiting.map(({ name, milestone }) => <li key={name}>{name}：{cases.milestones[milestone]}</li>)}</ul> : cases.ofProject.nothing) },
      ]}
    />
  )
}
