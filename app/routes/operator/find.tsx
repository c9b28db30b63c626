import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { lookUp } from '#app/domain/oversight/look-up.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable, Empty } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { FoundFacts } from '#app/ui/looked-up.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { Timeline } from '#app/ui/timeline.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.operation.find.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'look:up')
  const asked = normalise(new URL(arrived.request.url).searchParams.get('number') ?? '').slice(0, 200)
  const { readings, ...looked } = await lookUp(context, { number: asked })
  return { ...looked, asked, kinds: [...new Set(readings.map(({ kind }) => kind))] }
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

export default function Find() {
  const words = useWords().operation.find
  const shown = useLoaderData<typeof loader>()
  const { asked, number, found, kinds, acts, deliveries, told } = shown
  const isNothing = found.length === 0 && acts.every(({ act }) => act === 'look:up') && deliveries.length === 0 && told.length === 0
  const readAs = kinds.length ? words.readAs(kinds.map((kind) => words.readings[kind])) : words.noShape
  return (
    <Page title={words.title} lead={words.lead}>
      <Filter action={paths.find()} label={words.label} fields={[{ kind: 'search', name: 'number', label: words.field, value: asked, placeholder: words.placeholder }]} />
      {number && isNothing ? <Notice tone="refused" title={words.notFound.title} alert><p>{words.notFound.text}</p><p>{readAs}</p></Notice> : null}
      {number === '' || isNothing ? <Examples /> : (
        <>
          {found.length ? (
            <Section title={words.foundTitle} lead={<p>{readAs}</p>}>
              <div className="stack">{found.map((one) => <FoundFacts key={`${one.kind} ${one.subject} ${one.ledgerEntry} ${one.organisation?.uscc}`} found={one} hasStory={told.some(({ subject }) => subject === one.subject)} />)}</div>
            </Section>
          ) : null}
          <Record {...shown} />
          <p className="small muted">{words.audited}</p>
        </>
      )}
    </Page>
  )
}

/** What was done, who was told, and what everybody can read of it. */
function Record({ acts, deliveries, told }: Pick<Shown, 'acts' | 'deliveries' | 'told'>) {
  const { acts: named, operation, ledger } = useWords()
  const words = operation.find
  return (
    <>
      <Section title={words.storyTitle}>
        {told.length ? (
          <Timeline
            label={words.storyTitle}
            items={told.map((entry) => ({
              key: entry.id,
              title: <a href={paths.ledgerEntry(entry.id)} data-no-prefetch>{ledger.kinds[entry.kind]?.(entry.facts) ?? `${entry.kind} ${entry.subject}`}</a>,
              when: <Instant at={entry.at} seconds />,
              text: entry.index === null ? ledger.promised : ledger.placeOf(entry.index),
              state: 'done',
            }))}
          />
        ) : <Empty {...words.noStory} />}
      </Section>
      <Section title={words.actsTitle}>
        <DataTable
          caption={words.actsCaption}
          rows={acts}
          keyOf={({ id }) => String(id)}
          empty={words.noActs}
          columns={[
            { key: 'act', label: words.act, main: true, cell: ({ act }) => <Called word={named.acts[act]} code={act} /> },
            { key: 'when', label: words.when, cell: ({ at }) => <Instant at={at} seconds bare /> },
            { key: 'by', label: words.by, cell: ({ by }) => words.bys[by] },
            { key: 'about', label: words.about, cell: ({ subject }) => <CodeText short={24} copy={false}>{subject}</CodeText> },
            { key: 'trace', label: words.trace, cell: ({ traceId }) => <a href={paths.find({ number: traceId })} data-no-prefetch title={traceId}><code className="code">{traceId.slice(0, 8)}…</code></a> },
          ]}
        />
      </Section>
      <Section title={words.eventsTitle}>
        <DataTable
          caption={words.eventsCaption}
          rows={deliveries}
          keyOf={({ eventId }) => eventId}
          empty={words.noEvents}
          columns={[
            { key: 'event', label: words.event, main: true, cell: ({ type }) => <Called word={named.events[type]} code={type} /> },
            { key: 'when', label: words.when, cell: ({ at }) => <Instant at={at} seconds bare /> },
            { key: 'readers', label: words.readers, cell: ({ readers }) => readers.map(({ name, waiting }) => <span key={name}><Status tone={waiting ? 'open' : 'kept'}>{waiting ? words.unread(operation.readerNames[name] ?? name) : words.read(operation.readerNames[name] ?? name)}</Status>{' '}</span>) },
            { key: 'id', label: words.number, cell: ({ eventId }) => <CodeText short={8}>{eventId}</CodeText> },
          ]}
        />
      </Section>
    </>
  )
}

/** A word for people, and under it the code that logs and programs have. */
function Called({ word, code }: { word: string | undefined; code: string }) {
  return word ? <>{word} <code className="code small block">{code}</code></> : <code className="code">{code}</code>
}

/** What to paste: one of each kind. */
function Examples() {
  const words = useWords().operation.find
  return (
    <Section title={words.examplesTitle}>
      <DataTable
        caption={words.examplesCaption}
        rows={words.examples}
        keyOf={({ kind }) => kind}
        empty={words.notFound}
        columns={[
          { key: 'kind', label: words.kind, main: true, cell: ({ kind }) => kind },
          { key: 'example', label: words.example, cell: ({ example }) => <code className="code">{example}</code> },
          { key: 'shows', label: words.shows, cell: ({ shows }) => shows },
        ]}
      />
    </Section>
  )
}
