import type { ShownTender, ShownWitness } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

/** Is there, or will there be, a result that can be witnessed? Where there is none the witnesses' own page says why. */
export function hasWitnesses({ tender, named, state }: Pick<ShownTender, 'tender' | 'named' | 'state'>): boolean {
  return !named && (tender.drawnAt !== null || !['failed', 'cancelled'].includes(state))
}

/** Who signed the result, or how many are enrolled to, on the tender's own page. */
export function TenderWitnesses({ shown }: { shown: ShownTender }) {
  const words = useWords().witnesses
  if (!hasWitnesses(shown)) return null
  const { tender, witnesses } = shown
  const isDecided = tender.drawnAt !== null
  return (
    <Section title={words.title} id="witnesses" lead={words.lead} action={<a href={paths.witnesses(tender.publication!.number)}>{isDecided ? (witnesses.length < 3 ? words.toSign : words.see) : words.toEnrol}</a>}>
      <WitnessList shown={shown} />
    </Section>
  )
}

/** The signatures under a result, or what is known before there is one. */
export function WitnessList({ shown: { tender, witnesses, enrolled, demo } }: { shown: Pick<ShownTender, 'tender' | 'witnesses' | 'enrolled' | 'demo'> }) {
  const words = useWords().witnesses
  if (!witnesses.length) return <p className="measure">{tender.drawnAt === null && enrolled ? words.enrolledCount(enrolled) : words.none}</p>
  return (
    <DataTable
      caption={words.title}
      rows={witnesses}
      keyOf={({ entry }) => entry}
      empty={{ title: words.none }}
      columns={[
        { key: 'place', label: words.place, number: true, cell: ({ place }) => place },
        { key: 'who', label: words.who, main: true, cell: ({ name }) => (name === null ? words.citizen : words.memberOf(name)) },
        { key: 'how', label: words.how, cell: (witness) => <How witness={witness} /> },
        { key: 'when', label: words.when, cell: ({ signedAt }) => <Instant at={signedAt} seconds={demo} bare /> },
        { key: 'entry', label: words.entry, cell: ({ entry }) => <a href={paths.ledgerEntry(entry)}>{words.entry}</a> },
      ]}
    />
  )
}

function How({ witness: { fingerprint, before } }: { witness: ShownWitness }) {
  const words = useWords().witnesses
  if (fingerprint === null) return <>{words.byAccount}</>
  return (
    <>
      {words.byKey} <CodeText short={16}>{fingerprint}</CodeText>
      <span className="small muted block">{before ? words.before : words.after}</span>
    </>
  )
}
