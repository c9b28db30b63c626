import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showAvailability } from '#app/domain/oversight/show-availability.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.changes.availability.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return showAvailability(await enter(arrived))
}

/** No page says that all was well when a second was not. */
const percentOf = (lost: number, measured: number) => (Math.floor((1 - lost / measured) * 100_000) / 1000).toFixed(3)

export default function Availability() {
  const words = useWords().changes.availability
  const { since, gaps, claims, lost, measured } = useLoaderData<typeof loader>()
  const lasted = (milliseconds: number) => words.lastedOf(Math.floor(milliseconds / 60_000), Math.floor((milliseconds % 60_000) / 1000))
  return (
    <Page title={words.title} lead={words.lead}>
      <Facts
        items={[
          { label: words.since, value: since ? <Instant at={since} /> : words.never },
          measured > 0 && { label: words.share, value: words.shareOf(percentOf(lost, measured)) },
          measured > 0 && { label: words.lost, value: lasted(lost) },
        ]}
      />
      <Section title={words.gaps}>
        <DataTable
          caption={words.gaps}
          rows={gaps}
          keyOf={({ from }) => String(from)}
          empty={{ title: words.noGaps }}
          columns={[
            { key: 'from', label: words.gapColumns.from, main: true, cell: ({ from }) => <Instant at={from} seconds bare /> },
            { key: 'until', label: words.gapColumns.until, cell: ({ until }) => <Instant at={until} seconds bare /> },
            { key: 'lasted', label: words.gapColumns.lasted, cell: ({ from, until }) => lasted(new Date(until).getTime() - new Date(from).getTime()) },
          ]}
        />
      </Section>
      <Section title={words.claims} lead={words.claimsLead}>
        <DataTable
          caption={words.claims}
          rows={claims}
          keyOf={({ id }) => id}
          empty={{ title: words.noClaims }}
          columns={[
            { key: 'from', label: words.claimColumns.from, main: true, cell: ({ gap }) => <Instant at={gap.from} seconds bare /> },
            { key: 'until', label: words.claimColumns.until, cell: ({ gap }) => <Instant at={gap.until} seconds bare /> },
            { key: 'reason', label: words.claimColumns.reason, cell: ({ reason }) => <span className="break-words">{reason}</span> },
            { key: 'state', label: words.claimColumns.state, cell: ({ approvedAt }) => <Status tone={approvedAt ? 'kept' : 'open'}>{approvedAt ? words.approved : words.proposed}</Status> },
          ]}
        />
      </Section>
    </Page>
  )
}
