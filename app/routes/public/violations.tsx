import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { showViolations } from '#app/domain/oversight/show-violations.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { RepeatTable } from '#app/ui/repeat-table.tsx'
import { Status } from '#app/ui/status.tsx'
import { Day } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.inquiries.violations.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const before = new URL(arrived.request.url).searchParams.get('before')
  return { ...(await showViolations(await enter(arrived), { before })), before }
}

export default function Violations() {
  const { inquiries, leads, guard } = useWords()
  const words = inquiries.violations
  const { items, next, repeats, before } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.supervision(), label: guard.supervision.title }}>
      <DataTable
        caption={words.caption}
        rows={items}
        keyOf={({ number }) => number}
        empty={{ ...words.empty, action: { href: paths.supervision(), label: words.empty.action } }}
        pager={{ first: before ? paths.violations() : null, next: next ? paths.violations({ before: next }) : null }}
        columns={[
          { key: 'who', label: words.respondent, main: true, cell: ({ respondent, number }) => <>{respondent ?? inquiries.person}<div className="small muted"><a href={paths.ledgerStory(number)}>{number}</a></div></> },
          { key: 'kind', label: words.kind, cell: ({ kind }) => leads.kinds[kind] },
          { key: 'what', label: words.what, cell: ({ listing, item }) => (listing ? <a href={paths.listing(listing.code)}>{listing.name}</a> : item ? inquiries.offListFor(item) : inquiries.noListing) },
          { key: 'bases', label: words.bases, cell: ({ bases }) => <ul>{bases.map((basis) => <li key={basis}>{inquiries.bases[basis]}</li>)}</ul> },
          { key: 'final', label: words.final, cell: ({ finalAt }) => <Day day={dayOf(new Date(finalAt))} weekday={false} /> },
          { key: 'rectified', label: words.rectification, cell: ({ rectified }) => <Status tone={rectified ? 'kept' : 'refused'}>{rectified ? words.rectified : words.notRectified}</Status> },
        ]}
      />
      {items.length ? <Section title={words.repeatsTitle}><RepeatTable rows={repeats} /></Section> : null}
    </Page>
  )
}
