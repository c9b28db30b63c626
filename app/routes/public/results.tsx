import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findResults } from '#app/domain/tenders/find-tenders.server.ts'
import { isTenderNumber, RESULT_STATES } from '#app/domain/tenders/tender.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Money } from '#app/ui/money.tsx'
import { Page } from '#app/ui/page.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.tenders.resultsTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const state = RESULT_STATES.find((name) => name === asked.get('state'))
  const before = asked.get('before') ?? undefined
  const page = await findResults(await enter(arrived), { state, before: before && isTenderNumber(before) ? before : undefined })
  return { ...page, state, isFirst: !before }
}

export default function Results() {
  const words = useWords().tenders
  const { tenders, next, state, isFirst } = useLoaderData<typeof loader>()
  return (
    <Page title={words.resultsTitle} lead={words.resultsLead}>
      <Filter action={paths.results()} label={words.filter.label} fields={[{ kind: 'choice', name: 'state', label: words.filter.state, value: state, options: RESULT_STATES.map((value) => ({ value, label: words.states[value] })) }]} />
      <DataTable
        caption={words.resultsTitle}
        rows={tenders}
        keyOf={({ tender }) => tender.id}
        empty={state || !isFirst ? { title: words.empty.title, action: { href: paths.results(), label: words.resultsTitle } } : { title: words.noResults.title, text: words.noResults.text, action: { href: paths.tenders(), label: words.noResults.action } }}
        pager={{ first: isFirst ? null : paths.results({ state }), next: next && paths.results({ state, before: next }) }}
        columns={[
          { key: 'title', label: words.columns.title, main: true, cell: ({ tender }) => <a href={paths.tender(tender.publication!.number)}>{tender.title}</a> },
          { key: 'service', label: words.columns.service, cell: ({ listingName }) => listingName },
          { key: 'owner', label: words.columns.owner, cell: ({ ownerName }) => ownerName ?? words.naturalPerson },
          { key: 'ceiling', label: words.columns.ceiling, number: true, cell: ({ tender }) => <Money fen={tender.ceilingFen} /> },
          { key: 'outcome', label: words.columns.outcome, cell: ({ winner, state }) => <>{winner} <TenderStatus state={state} /></> },
          { key: 'ended', label: words.columns.ended, cell: ({ tender }) => <Instant at={(tender.awardedAt ?? tender.drawnAt ?? tender.closing?.closedAt ?? tender.cancellation?.cancelledAt)!} bare /> },
        ]}
      />
    </Page>
  )
}
