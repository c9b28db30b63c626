import type { ReactNode } from 'react'
import type { Verdict } from '#app/domain/guard/judgement.ts'
import { paths } from '#app/paths.ts'
import { DataTable, type Nothing } from './data-table.tsx'
import { useWords } from './locale.tsx'
import type { PagerProps } from './pager.tsx'
import { Status, type Tone } from './status.tsx'
import { Day } from './time.tsx'

const TONES: Record<Verdict, Tone> = { allowed: 'kept', 'needs-facts': 'plain', refused: 'refused' }

/** The answer to a demand in one word. */
export function VerdictStatus({ verdict }: { verdict: Verdict }) {
  return <Status tone={TONES[verdict]}>{useWords().frame.verdict.words[verdict]}</Status>
}

export type DemandRow = { id: string; authority?: string; caseNumber?: string | null; approvalItem: string; listing: { code: string; name: string } | null; words?: string | null; demandedOn: string; verdict: Verdict; reading?: { id: string; verdict: Verdict; listing: { name: string } | null } | null }

/** Demands, newest first, each once: what a regulator read its words as stands below. `by` adds the authority, `cases` the case number, which only its own authority and the regulator see; `reports` the way to the regulator beside what was refused, for those of whom it was demanded. */
export function DemandTable({ rows, caption, by, cases, reports, empty, pager }: { rows: readonly DemandRow[]; caption: string; by?: boolean; cases?: boolean; reports?: boolean; empty: Nothing; pager?: PagerProps }): ReactNode {
  const { guard: { authority: words, demands, decision }, reports: { report } } = useWords()
  return (
    <DataTable
      caption={caption}
      rows={rows}
      keyOf={({ id }) => id}
      empty={empty}
      pager={pager}
      columns={[
        { key: 'what', label: words.what, main: true, cell: ({ id, listing, words: said, reading }) => <><a href={paths.decision(id)}>{listing?.name ?? decision.unlisted}</a>{said ? <div className="small muted">{words.said(said)}</div> : null}{reading ? <div className="small">{words.readAs}<a href={paths.decision(reading.id)}>{reading.listing?.name ?? decision.unlisted}</a></div> : null}</> },
        { key: 'verdict', label: words.verdict, cell: ({ id, verdict, reading }) => <><VerdictStatus verdict={verdict} />{reading && reading.verdict !== verdict ? <div className="small">{words.afterReading}<VerdictStatus verdict={reading.verdict} /></div> : null}{reports && (reading ?? { verdict }).verdict === 'refused' ? <div className="small no-print"><a href={paths.report({ decision: reading?.id ?? id })}>{report.link}</a></div> : null}</> },
        ...(by ? [{ key: 'by', label: demands.authority, cell: ({ authority }: DemandRow) => authority }] : []),
        { key: 'item', label: words.item, cell: ({ approvalItem }) => approvalItem },
        ...(cases ? [{ key: 'case', label: words.caseNumber, cell: ({ caseNumber }: DemandRow) => caseNumber }] : []),
        { key: 'day', label: words.day, cell: ({ demandedOn }) => <Day day={demandedOn} weekday={false} /> },
      ]}
    />
  )
}
