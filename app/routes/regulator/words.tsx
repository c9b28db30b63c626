import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findWords } from '#app/domain/guard/find-words.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Left } from '#app/ui/agenda.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Deadline } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.reports.words.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return { waiting: await findWords(await enterAs(arrived, 'decide:words')) }
}

export default function Words() {
  const { reports, guard } = useWords()
  const words = reports.words
  const { waiting } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.regulatorDesk(), label: guard.regulator.title }}>
      <DataTable
        caption={words.caption}
        rows={waiting}
        keyOf={({ id }) => id}
        empty={{ ...words.empty, action: { href: paths.demands(), label: words.empty.action } }}
        columns={[
          { key: 'said', label: words.said, main: true, cell: (one) => <a href={paths.decideWords(one.id)}>{one.words}</a> },
          { key: 'by', label: words.authority, cell: ({ authority }) => authority },
          { key: 'item', label: words.item, cell: ({ approvalItem }) => approvalItem },
          { key: 'nearest', label: words.nearest, cell: ({ nearest: [first] }) => (first ? <>{first.name} <span className="small muted">{words.likeness(first.score)}</span></> : words.none) },
          { key: 'until', label: words.until, cell: ({ until, left }) => <><Deadline at={until} bare /> <Left left={left} /></> },
          { key: 'act', label: words.decide, cell: ({ id }) => <ButtonLink small href={paths.decideWords(id)}>{words.decide}</ButtonLink> },
        ]}
      />
    </Page>
  )
}
