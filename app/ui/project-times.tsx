import type { ProjectTimes } from '#app/domain/contracts/project-times.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { DaysLeft, ProjectCases } from './project-cases.tsx'
import { ProjectChart, type Chart } from './project-chart.tsx'

type ShownTotal = Omit<NonNullable<ProjectTimes['total']>, 'due'> & { due: Date | string | null }
export type ShownTimes = Chart & { cases: Parameters<typeof ProjectCases>[0]['rows']; total: ShownTotal | null; uncovered: readonly number[] }

/** A project's approvals, its total against its limit, and the chart of where its time went. */
export function ProjectTimesSections({ times, lead }: { times: ShownTimes; lead: string }) {
  const words = useWords().clock
  const { cases, total, uncovered } = times
  return (
    <>
      <Section id="approvals" title={words.project.title} lead={lead}>
        {total ? <Total {...total} cases={cases} /> : null}
        <ProjectCases rows={cases} />
      </Section>
      <Section id="time" title={words.project.chartTitle} lead={words.project.chartLead}>
        <ProjectChart {...times} />
        {uncovered.length ? <div className="mt-4"><Notice tone="open">{words.uncovered(uncovered.join(', '))}</Notice></div> : null}
      </Section>
    </>
  )
}

function Total({ kind, used, limit, level, due, uncovered, cases }: ShownTotal & { cases: ShownTimes['cases'] }) {
  const { project: words, limitUncovered } = useWords().clock
  return (
    <div className="project-total">
      <p><span className="font-medium">{words.total}</span> <strong>{words.totalOf({ used, limit })}</strong> <DaysLeft used={used} limit={limit} level={due !== null || used === 0 ? level : cases.every(({ isOver }) => isOver) ? 'ended' : 'paused'} /></p>
      <p className="row-note">{words.totalNote(words.kinds[kind])}</p>
      {uncovered.length ? <p className="row-note">{limitUncovered(uncovered.join(', '))}</p> : null}
    </div>
  )
}
