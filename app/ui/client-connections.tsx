import type { Connection } from '#app/domain/events/connection.ts'
import { paths } from '../paths.ts'
import { CodeText } from './code-text.tsx'
import { Confirm } from './confirm.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

type Shown = Omit<Connection, 'createdAt'> & { createdAt: Date | string }

/** What a machine registered and still stands, each to be ended. */
export function ClientConnections({ of, client }: { of: readonly Shown[]; client: string }) {
  const words = useWords().clients.connections
  return (
    <Section title={words.title} lead={words.lead}>
      {of.length ? null : <p>{words.none}</p>}
      {of.map(({ kind, id, name, createdAt }) => (
        <div key={id} className="mb-8">
          <Facts items={[{ label: words.kinds[kind], value: <CodeText copy={false}>{name}</CodeText> }, { label: words.since, value: <Instant at={createdAt} /> }]} />
          <div className="mt-4"><Confirm title={words.end[kind]} consequences={words.endConsequences[kind]} action={paths.client(client)} values={{ act: 'end', kind, connection: id }} /></div>
        </div>
      ))}
    </Section>
  )
}
