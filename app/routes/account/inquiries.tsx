import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DESKS } from '#app/domain/accounts/desks.ts'
import { findInquiries } from '#app/domain/oversight/find-inquiries.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Left } from '#app/ui/agenda.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { InquiryStatus } from '#app/ui/inquiry-status.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Deadline, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.inquiries.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'read:inquiries')
  const before = new URL(arrived.request.url).searchParams.get('before')
  return { ...(await findInquiries(context, { before })), before, role: context.actor.role }
}

export default function Inquiries() {
  const { inquiries: words, leads, frame } = useWords()
  const { items, next, side, before, role } = useLoaderData<typeof loader>()
  const desk = paths[DESKS[role]]()
  const isRegulator = side === 'regulator'
  return (
    <Page title={words.title} lead={isRegulator ? words.leadRegulator : words.leadRespondent} back={{ href: desk, label: frame.desks[role].name }}>
      <DataTable
        caption={words.caption}
        rows={items}
        keyOf={({ number }) => number}
        empty={isRegulator ? { ...words.empty, action: { href: paths.leads(), label: words.empty.action } } : { ...words.emptyRespondent, action: { href: desk, label: words.emptyRespondent.action } }}
        pager={{ first: before ? paths.inquiries() : null, next: next ? paths.inquiries({ before: next }) : null }}
        columns={[
          { key: 'number', label: words.number, main: true, cell: ({ number }) => <a href={paths.inquiry(number)}>{number}</a> },
          ...(isRegulator ? [{ key: 'who', label: words.respondent, cell: ({ respondent }: (typeof items)[number]) => respondent ?? words.person }] : []),
          { key: 'listing', label: words.listing, cell: ({ listing }) => listing ?? words.noListing },
          ...(isRegulator ? [{ key: 'lead', label: words.source, cell: ({ leadKind }: (typeof items)[number]) => leads.kinds[leadKind] }] : []),
          { key: 'state', label: words.state, cell: ({ state, rectification }) => <InquiryStatus state={state} rectification={rectification} /> },
          { key: 'until', label: words.until, cell: ({ until, left }) => (until ? <><Deadline at={until} bare /> {left ? <Left left={left} /> : null}</> : null) },
          { key: 'opened', label: words.opened, cell: ({ openedAt }) => <Instant at={openedAt} bare /> },
        ]}
      />
    </Page>
  )
}
