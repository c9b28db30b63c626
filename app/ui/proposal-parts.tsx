import { OPINIONS, OUTCOMES, type OpinionKind, type Outcome } from '#app/domain/governance/proposal.ts'
import { Counts } from './agenda.tsx'
import { DataTable, Empty } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'
import { Instant } from './time.tsx'

type GivenOpinion = { kind: OpinionKind; favours: boolean; office: string; words: string; givenAt: Date | string }

/** The four opinions, each with its office, or that it is not there yet. */
export function ProposalOpinions({ opinions }: { opinions: readonly GivenOpinion[] }) {
  const words = useWords().governance
  const rows = OPINIONS.map((kind) => ({ kind, given: opinions.find((one) => one.kind === kind) }))
  return (
    <DataTable
      caption={words.page.opinions}
      rows={rows}
      keyOf={({ kind }) => kind}
      empty={words.noChange}
      columns={[
        { key: 'kind', label: words.govern.kind, main: true, cell: ({ kind }) => words.opinionKinds[kind] },
        { key: 'verdict', label: words.govern.verdict, cell: ({ given }) => (given ? <span className="whole"><Status tone={given.favours ? 'kept' : 'refused'}>{given.favours ? words.favours : words.against}</Status></span> : <Status>{words.page.waiting}</Status>) },
        { key: 'office', label: words.page.office, cell: ({ given }) => (given ? <>{given.office} <span className="block small muted"><Instant at={given.givenAt} bare /></span></> : '—') },
        { key: 'words', label: words.govern.words, cell: ({ given }) => (given ? <span className="whitespace-pre-line break-words">{given.words}</span> : '—') },
      ]}
    />
  )
}

const TONES: Record<Outcome, Tone> = { accepted: 'kept', partly: 'open', declined: 'refused' }

export type SaidComment = { id: string; ordinal: number; words: string | null; organisation: string | null; isVisitor: boolean; contact: string | null; commentedAt: Date | string; answer: { outcome: Outcome; words: string; answeredAt: Date | string } | null }

/** What was said, who said it as far as it is public, and the answer to each. */
export function ProposalComments({ comments, counts, none }: { comments: readonly SaidComment[]; counts: Record<Outcome | 'all' | 'open', number>; none: string }) {
  const words = useWords().governance
  const { page } = words
  if (counts.all === 0) return <Empty title={page.noComments.title} text={none} />
  return (
    <>
      <Counts items={(['all', 'open', ...OUTCOMES] as const).map((key) => ({ key, label: page.figures[key], count: counts[key] }))} />
      <ol className="stack mt-4">
        {comments.map(({ id, words: said, organisation, isVisitor, commentedAt, answer }) => (
          <li key={id} id={`c-${id}`} className="card">
            <h3>
              {organisation ?? (isVisitor ? page.visitor : page.person)} {answer ? <Status tone={TONES[answer.outcome]}>{words.outcomes[answer.outcome]}</Status> : <Status tone="open">{page.unanswered}</Status>}
            </h3>
            <p className="small muted"><Instant at={commentedAt} bare /></p>
            {said === null ? <p className="muted">{page.hidden}</p> : <p className="measure whitespace-pre-line break-words">{said}</p>}
            {answer ? (
              <div className="mt-4">
                <p className="small muted">{page.answer} <Instant at={answer.answeredAt} bare /></p>
                <p className="measure whitespace-pre-line break-words">{answer.words}</p>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
    </>
  )
}
