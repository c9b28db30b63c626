import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findAgencies } from '#app/domain/agencies/find-agencies.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.agencies.list.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const [service, before] = [asked.get('service'), asked.get('before')].map((given) => normalise(given ?? '').slice(0, 40).toUpperCase() || undefined)
  return { ...(await findAgencies(await enter(arrived), { service, before })), service, before }
}

export default function Agencies() {
  const words = useWords().agencies.list
  const { agencies, next, service, before } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} action={<ButtonLink href={paths.register({ as: 'agency' })}>{words.register}</ButtonLink>}>
      <Filter action={paths.agencies()} label={words.filter} fields={[{ kind: 'search', name: 'service', label: words.service, value: service }]} />
      <DataTable
        caption={words.caption}
        rows={agencies}
        keyOf={({ uscc }) => uscc}
        columns={[
          { key: 'name', label: words.name, main: true, cell: (one) => <a href={paths.agency(one.uscc)}>{one.name}</a> },
          { key: 'uscc', label: words.uscc, cell: (one) => <code className="code">{one.uscc}</code> },
          { key: 'seat', label: words.seat, cell: (one) => one.seat },
          { key: 'offerings', label: words.offerings, number: true, cell: (one) => words.offeringCount(one.offerings) },
          { key: 'admitted', label: words.admitted, cell: (one) => <Instant at={one.admittedAt} bare /> },
        ]}
        empty={{ title: words.emptyTitle, text: words.emptyText, action: { href: paths.agencies(), label: words.emptyAction } }}
        pager={{ first: before ? paths.agencies({ service }) : null, next: next ? paths.agencies({ service, before: next }) : null }}
      />
      <p className="small no-print">
        {words.whole}
        <a href={paths.agenciesFile('agencies.xlsx')} download>{words.xlsx}</a> · <a href={paths.agenciesFile('agencies.json')} download>{words.json}</a>
      </p>
    </Page>
  )
}
