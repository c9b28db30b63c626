import type { ReactNode } from 'react'
import type { DESKS } from '#app/domain/accounts/desks.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Status } from './status.tsx'
import { TenderStatus } from './tender-state.tsx'
import { Instant } from './time.tsx'

/** One thing that bears a number, as the page gets it. */
export type FoundThing = {
  kind: keyof ReturnType<typeof useWords>['operation']['find']['kinds']
  subject: string
  name: string | null
  at: Date | string | null
  state: string | null
  place: number | null
  ledgerEntry: string | null
  organisation: { name: string | null; uscc: string | null } | null
}

/** Their number is not what they are about: an entry is of a tender, a session of an account. */
const ABOUT_ANOTHER: FoundThing['kind'][] = ['entry', 'event', 'session']

/** What a found thing is and where it stands, with the ways on from it. */
export function FoundFacts({ found, hasStory }: { found: FoundThing; hasStory: boolean }) {
  const words = useWords()
  const { find } = words.operation
  const { kind, subject, name, at, place, organisation } = found
  const title = kind === 'entry' && name ? <code className="code">{name}</code> : name
  return (
    <div className="stack">
      <h3>{find.kinds[kind]}</h3>
      <Facts
        items={[
          subject ? { label: ABOUT_ANOTHER.includes(kind) ? find.about : find.number, value: <CodeText>{subject}</CodeText> } : null,
          title ? { label: find.name, value: title } : null,
          found.state === null ? null : { label: kind === 'organisation' ? find.roles : find.state, value: <State {...found} /> },
          at ? { label: find.since, value: <Instant at={at} seconds /> } : null,
          organisation ? { label: find.organisation, value: organisation.name ?? find.naturalPerson, note: organisation.uscc && kind !== 'organisation' ? <a href={paths.find({ number: organisation.uscc })} data-no-prefetch>{organisation.uscc}</a> : undefined } : null,
          place === null ? null : kind === 'listing' ? { label: find.version, value: String(place) } : { label: find.place, value: words.ledger.placeOf(place), note: find.index(place) },
          { label: find.links, value: <Ways found={found} hasStory={hasStory} /> },
        ]}
      />
    </div>
  )
}

function State({ kind, state }: Pick<FoundThing, 'kind' | 'state'>) {
  const words = useWords()
  const { find } = words.operation
  if (state === null) return null
  if (kind === 'tender' && state in words.tenders.states) return <TenderStatus state={state as keyof typeof words.tenders.states} />
  if (kind === 'decision' && state in words.frame.verdict.words) return <>{words.frame.verdict.words[state as keyof typeof words.frame.verdict.words]}</>
  if (kind === 'organisation') return <>{state.split(',').map((role) => words.accounts.roles[role as keyof typeof DESKS] ?? role).join(' · ')}</>
  const good = ['live', 'sequenced', 'standing', 'taken', 'answered'].includes(state)
  return <Status tone={good ? 'kept' : 'plain'}>{find.states[state as keyof typeof find.states] ?? state}</Status>
}

function Ways({ found, hasStory }: { found: FoundThing; hasStory: boolean }) {
  const { find } = useWords().operation
  const ways: ReactNode[] = []
  const way = (href: string, label: string) => ways.push(<li key={href}><a href={href} data-no-prefetch>{label}</a></li>)
  const { kind, subject, name, ledgerEntry } = found
  const page = pageOf(found)
  if (page) way(page, find.toPage)
  if (kind !== 'tender' && name && isTenderNumber(name)) way(paths.tender(name), find.toTender)
  if (ledgerEntry) way(paths.ledgerEntry(ledgerEntry), find.toEntry)
  if (hasStory) way(paths.ledgerStory(subject), find.toStory)
  return ways.length ? <ul className="actions">{ways}</ul> : <>—</>
}

/** The page that anybody may open; what is only its owner's has none here. */
function pageOf({ kind, subject, state }: FoundThing): string | null {
  if (kind === 'tender') return isTenderNumber(subject) ? paths.tender(subject) : null
  if (kind === 'decision') return paths.decision(subject)
  if (kind === 'listing') return paths.listing(subject)
  if (kind === 'approvalItem') return paths.approvalItem(subject)
  if (kind === 'payload') return paths.payload(subject)
  return kind === 'organisation' && state?.split(',').includes('agency') ? paths.agency(subject) : null
}
