import type { Line, Phase } from '#app/domain/search/found.ts'
import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'
import { CodeText } from './code-text.tsx'
import { Headline } from './headline.tsx'
import { useWords } from './locale.tsx'
import { Marked } from './marked.tsx'
import { Money } from './money.tsx'
import { SampleMark } from './sample-mark.tsx'
import { Status, type Tone } from './status.tsx'
import { Deadline, Instant } from './time.tsx'

const TONES: Record<Phase, Tone> = { open: 'open', underway: 'plain', publicity: 'open', awarded: 'kept', failed: 'refused', suspended: 'refused', cancelled: 'refused' }

/** A phase in a word: a tender's own state, but for the time between its deadline and its end. A direct selection takes no bids and waits for one agency. */
export function phaseText(words: Words, phase: Phase, { direct = false }: { direct?: boolean } = {}): string {
  if (direct && phase === 'open') return words.drafts.states.open
  if (direct && phase === 'underway') return words.drafts.states.closing
  return phase === 'underway' ? words.search.underway : words.tenders.states[phase]
}

/** What was found, line by line: a title to open, what it is, and how it stands at the end. */
export function SearchLines({ lines, marks }: { lines: readonly Line[]; marks: readonly string[] }) {
  return (
    <ul className="rows">
      {lines.map((line) => (
        <li key={`${line.kind} ${line.id}`}>
          <div>
            <a className="row-link" href={hrefOf(line)}>
              <Marked text={line.title} marks={marks} />
            </a>
            <div className="row-note">
              <Note line={line} marks={marks} />
            </div>
          </div>
          <End line={line} />
        </li>
      ))}
    </ul>
  )
}

export function hrefOf(line: Pick<Line, 'kind' | 'shown'>): string {
  if ('code' in line.shown) return paths.listing(line.shown.code)
  return 'uscc' in line.shown ? paths.agency(line.shown.uscc) : paths.tender(line.shown.number)
}

function Note({ line, marks }: { line: Line; marks: readonly string[] }) {
  const words = useWords().search
  const { naturalPerson } = useWords().tenders
  if (line.kind === 'service') {
    return (
      <>
        <CodeText copy={false}>{line.shown.code}</CodeText> {line.shown.item ? <>{words.line.item}<Marked text={line.shown.item} marks={marks} /></> : null}
      </>
    )
  }
  if (line.kind === 'agency') {
    const { seat, services, offerings } = line.shown
    return (
      <>
        {words.line.seat}{seat} · <Marked text={offerings ? words.line.offers(services.join(words.join), offerings) : words.line.noOffers} marks={marks} />
      </>
    )
  }
  const { owner, service } = line.shown
  return (
    <>
      <Marked text={service} marks={marks} /> · <Marked text={owner ?? naturalPerson} marks={marks} />
      <span className="block">
        {line.kind === 'tender' ? <>{line.shown.direct ? words.line.acceptBy : words.line.closes}<Deadline at={line.shown.closesAt} bare /></> : <>{words.line.ended}<Instant at={line.shown.endedAt} bare /></>}
      </span>
    </>
  )
}

function End({ line }: { line: Line }) {
  const words = useWords()
  if (line.kind === 'agency') return null
  return (
    <div>
      {line.kind === 'service' ? (
        <>
          <Headline of={line.headline} /> <SampleMark sample={line.shown.sample} />
        </>
      ) : (
        <>
          {line.kind === 'tender' ? <Money fen={line.shown.ceilingFen} /> : line.shown.winner ? <span>{words.search.line.winner}{line.shown.winner}</span> : null}{' '}
          {line.phase ? <Status tone={TONES[line.phase]}>{phaseText(words, line.phase, { direct: line.kind === 'tender' && line.shown.direct })}</Status> : null}
        </>
      )}
    </div>
  )
}
