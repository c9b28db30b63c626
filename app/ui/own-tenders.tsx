import type { Method, TenderState } from '#app/domain/tenders/tender.ts'
import { paths } from '#app/paths.ts'
import { DataTable, type Nothing } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Status } from './status.tsx'
import { TenderStatus } from './tender-state.tsx'
import { Deadline } from './time.tsx'

type Line = { tender: { id: string; title: string; ceilingFen: number; handedOverAt: Date | string | null; openQuestions: number; method: Method; publication: { number: string; closesAt: Date | string } | null }; listingName: string; winner: string | null; state: TenderState }

/** An owner's own tenders, drafts included: where each stands and where to go on with it. */
export function OwnTenders({ tenders, caption, empty }: { tenders: readonly Line[]; caption: string; empty: Nothing }) {
  const { tenders: words, drafts } = useWords()
  return (
    <DataTable
      caption={caption}
      rows={tenders}
      keyOf={({ tender }) => tender.id}
      columns={[
        { key: 'title', label: words.columns.title, main: true, cell: ({ tender }) => <a href={tender.publication ? paths.tender(tender.publication.number) : paths.draft(tender.id)}>{tender.title || drafts.list.untitled}</a> },
        { key: 'service', label: words.columns.service, cell: (line) => line.listingName },
        { key: 'ceiling', label: words.columns.ceiling, number: true, cell: ({ tender }) => <Money fen={tender.ceilingFen} /> },
        { key: 'closes', label: words.columns.closes, cell: ({ tender }) => (tender.publication ? <Deadline at={tender.publication.closesAt} bare /> : null) },
        { key: 'state', label: words.columns.state, cell: ({ state, winner, tender }) => <><TenderStatus state={state} openQuestions={tender.openQuestions} isDirect={tender.method === 'direct'} /> {state === 'draft' && tender.handedOverAt ? <Status tone="open">{drafts.handedOver}</Status> : winner}</> },
      ]}
      empty={empty}
    />
  )
}
