import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findStory } from '#app/domain/ledger/find-entries.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { EntrySentence } from '#app/ui/entry-sentence.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Instant } from '#app/ui/time.tsx'
import { Timeline } from '#app/ui/timeline.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => (data ? words.ledger.story.titleOf(data.subject) : words.ledger.title))

export async function loader(arrived: LoaderFunctionArgs) {
  const subject = arrived.params.subject ?? ''
  const after = keysetOf(new URL(arrived.request.url).searchParams.get('after'))
  const story = await orPage(arrived.request, findStory(await enter(arrived), { subject, after }))
  return { subject, ...story, later: after !== undefined }
}

export default function LedgerStory() {
  const words = useWords().ledger
  const { subject, entries, next, later } = useLoaderData<typeof loader>()
  return (
    <Page title={words.story.titleOf(subject)} lead={words.story.lead} back={{ href: paths.ledger(), label: words.entry.back }}>
      <Section title={words.story.label}>
        <Timeline
          label={words.story.label}
          items={entries.map((entry) => ({
            key: entry.id,
            title: <a href={paths.ledgerEntry(entry.id)}><EntrySentence entry={entry} /></a>,
            when: <Instant at={entry.at} seconds />,
            text: entry.index === null ? words.promised : words.placeOf(entry.index),
            state: entry.kind === 'tender.failed' ? 'ended' : 'done',
          }))}
        />
        <Pager first={later ? paths.ledgerStory(subject) : null} next={next === null ? null : paths.ledgerStory(subject, { after: next })} />
      </Section>
    </Page>
  )
}
