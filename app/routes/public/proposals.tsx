import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findProposals } from '#app/domain/governance/show-proposal.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { ProposalStatus } from '#app/ui/proposal-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.governance.proposals)

export async function loader(arrived: LoaderFunctionArgs) {
  const before = keysetOf(new URL(arrived.request.url).searchParams.get('before'))
  return { ...(await orPage(arrived.request, findProposals(await enter(arrived), { before }))), before: before ?? null }
}

export default function Proposals() {
  const { governance: words, catalogue } = useWords()
  const { proposals, next, before, divisionName } = useLoaderData<typeof loader>()
  return (
    <Page title={words.proposals} lead={words.proposalsLead(divisionName)} kicker={divisionName} back={{ href: paths.catalogue(), label: catalogue.listing.back }}>
      <DataTable
        caption={words.caption}
        rows={proposals}
        keyOf={({ id }) => id}
        empty={{ ...words.none, action: { href: paths.catalogue(), label: words.none.action } }}
        columns={[
          { key: 'title', label: words.columns.title, main: true, cell: ({ number, title }) => <><a href={paths.proposal(number!)}>{title}</a> <code className="code block">{number}</code></> },
          { key: 'state', label: words.columns.state, cell: ({ state, endsAt }) => <><ProposalStatus state={state} />{state === 'comment' && endsAt ? <span className="block small">{words.page.until} <Instant at={endsAt} bare /></span> : null}</> },
          { key: 'entries', label: words.columns.entries, cell: ({ counts }) => words.counted(counts) },
          { key: 'comments', label: words.columns.comments, number: true, cell: ({ comments }) => comments },
          { key: 'proposedAt', label: words.columns.proposedAt, cell: ({ proposedAt }) => <Instant at={proposedAt!} bare /> },
        ]}
        pager={{ first: before ? paths.proposals() : null, next: next ? paths.proposals({ before: next }) : null }}
      />
    </Page>
  )
}
