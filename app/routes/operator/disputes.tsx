import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findDisputes } from '#app/domain/projects/find-disputes.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.disputes.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const { open, settled } = await findDisputes(await enterAs(arrived, 'settle:project'))
  return { open, settled, isDone: new URL(arrived.request.url).searchParams.get('done') === 'settled' }
}

/** Projects of which offices name another than whoever registered them. */
export default function Disputes() {
  const words = useWords().disputes
  const { open, settled, isDone } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead}>
      {isDone ? <Notice tone="kept">{words.done}</Notice> : null}
      <Section title={words.open}>
        <DataTable
          caption={words.open}
          rows={open}
          keyOf={({ id }) => id}
          columns={[
            { key: 'code', main: true, label: words.code, cell: ({ code }) => <a href={paths.dispute(code)}><CodeText>{code}</CodeText></a> },
            { key: 'registrant', label: words.registrant, cell: ({ registrant }) => registrant.name },
            { key: 'said', label: words.said, cell: ({ others }) => others.map(({ name }) => name).join(', ') },
            { key: 'since', label: words.since, cell: ({ raisedAt }) => <Instant at={raisedAt} /> },
          ]}
          empty={{ title: words.none }}
        />
      </Section>
      <Section title={words.settled}>
        <DataTable
          caption={words.settled}
          rows={settled}
          keyOf={({ id }) => id}
          columns={[
            { key: 'code', main: true, label: words.code, cell: ({ code }) => <CodeText>{code}</CodeText> },
            { key: 'registrant', label: words.registrant, cell: ({ registrant }) => registrant.name },
            { key: 'outcome', label: words.outcome, cell: ({ outcome, goesTo }) => <>{words.outcomes[outcome!]}{goesTo ? <div className="small">{goesTo.name}</div> : null}</> },
            { key: 'reason', label: words.reason, cell: ({ reason, settledAt }) => <>{reason}<div className="small muted"><Instant at={settledAt!} /></div></> },
          ]}
          empty={{ title: words.settledNone }}
        />
      </Section>
    </Page>
  )
}
