import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { STAGES, type Stage } from '#app/domain/catalogue/listing.ts'
import { showApprovalItems } from '#app/domain/catalogue/show-approval-items.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { SampleMark } from '#app/ui/sample-mark.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.catalogue.items.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams.get('stage')
  const stage = STAGES.find((one) => one === asked)
  return { stage, items: await showApprovalItems(await enter(arrived), { stage }) }
}

export default function ApprovalItems() {
  const all = useWords()
  const words = all.catalogue.items
  const { items, stage } = useLoaderData<typeof loader>()
  const days = (count: number | null, unit: 'working' | 'calendar' | null) => (count === null ? <span className="unstated">{all.frame.notStated}</span> : count === 0 ? words.atOnce : words.days(count, unit))
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.catalogue(), label: all.catalogue.listing.back }}>
      <Filter
        action={paths.approvalItems()}
        label={words.filterLabel}
        fields={[{ kind: 'choice', name: 'stage', label: words.columns.stage, value: stage ?? '', options: STAGES.map((value: Stage) => ({ value, label: all.catalogue.stages[value] })) }]}
      />
      <DataTable
        caption={words.caption}
        rows={items}
        keyOf={({ code }) => code}
        columns={[
          {
            key: 'name',
            label: words.columns.name,
            main: true,
            cell: ({ code, name, sample }) => (
              <>
                <code className="code">{code}</code> <a href={paths.approvalItem(code)}>{name}</a> <SampleMark sample={sample} />
              </>
            ),
          },
          { key: 'authority', label: words.columns.authority, cell: ({ authority }) => authority },
          { key: 'stage', label: words.columns.stage, cell: (item) => all.catalogue.stages[item.stage] },
          { key: 'days', label: words.columns.days, number: true, cell: ({ statutoryDays, dayUnit }) => days(statutoryDays, dayUnit) },
          { key: 'promised', label: words.columns.promised, number: true, cell: ({ promisedDays, dayUnit }) => days(promisedDays, dayUnit) },
        ]}
        empty={{ ...words.empty, action: { href: paths.approvalItems(), label: words.empty.action } }}
      />
      <p className="small muted">{all.catalogue.sampleNoteAll}</p>
    </Page>
  )
}
