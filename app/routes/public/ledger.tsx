import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findEntries, findMine } from '#app/domain/ledger/find-entries.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { enter } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable, Empty } from '#app/ui/data-table.tsx'
import { EntrySentence } from '#app/ui/entry-sentence.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.ledger.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const query = new URL(arrived.request.url).searchParams
  const context = await enter(arrived)
  const find = query.get('find')?.trim() ?? ''
  const notFound = find !== '' && (await isNowhere(context, find))
  return { ...(await findEntries(context, { before: keysetOf(query.get('before')) })), find, notFound, older: query.has('before') }
}

/** Goes where what was found is; answers true when there is nothing. */
async function isNowhere(context: Parameters<typeof findMine>[0], text: string): Promise<true> {
  try {
    const found = await findMine(context, { text })
    throw redirect('entry' in found ? paths.ledgerEntry(found.entry) : paths.ledgerStory(found.subject))
  } catch (error) {
    if (!isRefusal(error)) throw error
    return true
  }
}

export default function Ledger() {
  const words = useWords().ledger
  const { entries, next, find, notFound, older } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={<p>{words.lead}</p>} contents={[{ id: 'newest', label: words.newest.title }, { id: 'state', label: words.state.label }, { id: 'check', label: words.check.title }]} aside={<Standing />}>
      <Section title={words.find.title}>
        {notFound ? <Notice tone="refused" alert>{words.refusals['nothing-found']}</Notice> : null}
        <Filter action={paths.ledger()} label={words.find.label} fields={[{ kind: 'search', name: 'find', label: words.find.field, value: find, placeholder: words.find.placeholder }]} />
      </Section>
      <Section title={words.newest.title} id="newest">
        <DataTable
          caption={words.newest.caption}
          brief
          rows={entries}
          keyOf={({ id }) => id}
          empty={words.newest.empty}
          pager={{ first: older ? paths.ledger() : null, next: next === null ? null : paths.ledger({ before: next }) }}
          columns={[
            { key: 'what', label: words.newest.what, main: true, cell: (entry) => <a href={paths.ledgerEntry(entry.id)}><EntrySentence entry={entry} /></a> },
            { key: 'when', label: words.newest.when, cell: ({ at }) => <Instant at={at} bare /> },
            { key: 'place', label: words.newest.place, cell: ({ index }) => (index === null ? words.promised : <span className="whole">{words.placeOf(index)}</span>) },
          ]}
        />
      </Section>
    </Page>
  )
}

/** How the ledger stands, and how to check it. */
function Standing() {
  const words = useWords().ledger
  const { checkpoint, waiting, overdue, mergeDelaySeconds } = useLoaderData<typeof loader>()
  return (
    <>
      <Section title={words.state.label} id="state">
        {overdue ? <Notice tone="refused" title={words.state.overdue.title}>{words.state.overdue.text}</Notice> : null}
        {checkpoint ? (
          <Facts
            narrow
            items={[
              { label: words.state.size, value: words.state.sizeOf(checkpoint.size) },
              { label: words.state.root, value: <CodeText short={16}>{checkpoint.root}</CodeText> },
              { label: words.state.signed, value: <Instant at={checkpoint.signedAt} seconds /> },
              { label: words.state.waiting, value: words.state.waitingOf(waiting, mergeDelaySeconds) },
            ]}
          />
        ) : (
          <Empty {...words.state.none} />
        )}
        <ul className="small">
          <li><a href={paths.checkpoint()} data-no-prefetch>{words.state.note}</a></li>
          <li><a href={paths.keys()} data-no-prefetch>{words.state.keys}</a></li>
        </ul>
      </Section>
      <Section title={words.check.title} id="check">
        <div className="stack">
          {words.check.points.map(({ text, command }) => (
            <div key={text}>
              <p className="small">{text}</p>
              {command ? <CodeText>{command}</CodeText> : null}
            </div>
          ))}
        </div>
        <p className="mt-4"><a href={paths.verify()}>{words.check.page}</a> · <a href={paths.ledgerConsistency()}>{words.check.consistency}</a></p>
      </Section>
    </>
  )
}
