import { dayOf } from '#app/domain/calendar.ts'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Day } from './time.tsx'

type Repeat = { respondent: string | null; listing: string | null; item: string | null; count: number; latest: Date | string }

/** Final violations by organisation and service, or by the approval for which something was demanded that is not listed. */
export function RepeatTable({ rows }: { rows: readonly Repeat[] }) {
  const all = useWords().inquiries
  const words = all.violations
  return (
    <DataTable
      caption={words.repeatsCaption}
      rows={rows}
      keyOf={({ respondent, listing, item }) => `${respondent} ${listing} ${item}`}
      empty={words.noRepeats}
      columns={[
        { key: 'who', label: words.respondent, main: true, cell: ({ respondent }) => respondent ?? all.person },
        { key: 'what', label: words.what, cell: ({ listing, item }) => listing ?? (item ? all.offListFor(item) : all.noListing) },
        { key: 'count', label: words.count, number: true, cell: ({ count }) => count },
        { key: 'latest', label: words.latest, cell: ({ latest }) => <Day day={dayOf(new Date(latest))} weekday={false} /> },
      ]}
    />
  )
}
