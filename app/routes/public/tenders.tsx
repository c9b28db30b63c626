import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findTenders } from '#app/domain/tenders/find-tenders.server.ts'
import { PUBLIC_STATES, isTenderNumber } from '#app/domain/tenders/tender.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable, nothingYet } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { useMayTry } from '#app/ui/may-try.ts'
import { Money } from '#app/ui/money.tsx'
import { Page } from '#app/ui/page.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Deadline } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.tenders.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const state = PUBLIC_STATES.find((name) => name === asked.get('state'))
  const before = asked.get('before') ?? undefined
  const page = await findTenders(await enter(arrived), { state, before: before && isTenderNumber(before) ? before : undefined })
  return { ...page, state, isFirst: !before }
}

export default function Tenders() {
  const words = useWords().tenders
  const { noNotices } = useWords().site.home
  const { tenders, next, state, isFirst } = useLoaderData<typeof loader>()
  const none = state || !isFirst ? words.empty : noNotices
  const mayOpen = useMayTry('draft:tender')
  return (
    <Page title={words.title} lead={words.lead} action={mayOpen ? <ButtonLink href={paths.newTender()}>{words.empty.action}</ButtonLink> : null}>
      <Filter action={paths.tenders()} label={words.filter.label} fields={[{ kind: 'choice', name: 'state', label: words.filter.state, value: state, options: PUBLIC_STATES.map((value) => ({ value, label: words.states[value] })) }]} />
      <DataTable
        caption={words.title}
        rows={tenders}
        keyOf={({ tender }) => tender.id}
        empty={nothingYet(none, { mayDo: mayOpen, href: paths.newTender() })}
        pager={{ first: isFirst ? null : paths.tenders({ state }), next: next && paths.tenders({ state, before: next }) }}
        columns={[
          { key: 'title', label: words.columns.title, main: true, cell: ({ tender }) => <a href={paths.tender(tender.publication!.number)}>{tender.title}</a> },
          { key: 'service', label: words.columns.service, cell: ({ listingName }) => listingName },
          { key: 'owner', label: words.columns.owner, cell: ({ ownerName }) => ownerName ?? words.naturalPerson },
          { key: 'ceiling', label: words.columns.ceiling, number: true, cell: ({ tender }) => <Money fen={tender.ceilingFen} /> },
          { key: 'closes', label: words.columns.closes, cell: ({ tender }) => <Deadline at={tender.publication!.closesAt} bare /> },
          { key: 'state', label: words.columns.state, cell: (line) => <TenderStatus state={line.state} openQuestions={line.tender.openQuestions} isDirect={line.tender.method === 'direct'} /> },
        ]}
      />
    </Page>
  )
}
