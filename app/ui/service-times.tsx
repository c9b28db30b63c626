import type { ServiceTimes } from '#app/domain/contracts/shown-award.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'

const SHOWN = ['agency', 'owner', 'authority', 'supplement', 'special'] as const

/** What is read at a glance; the rest folds. */
const AT_FIRST = 8

/** Average working days by party of each service, with how many purchases they are of. */
export function ServiceTimesTable({ total, services }: { total: number; services: readonly ServiceTimes[] }) {
  const { statistics: words } = useWords().clock
  const others = services.slice(AT_FIRST)
  return (
    <Section title={words.title} id="time" lead={total ? `${words.lead}${words.note(total)}` : words.lead}>
      <Times services={services.slice(0, AT_FIRST)} all={services} />
      {others.length ? (
        <details className="fold fold-wide mt-4">
          <summary>{words.others(others.length)}</summary>
          <Times services={others} all={services} />
        </details>
      ) : null}
    </Section>
  )
}

function Times({ services, all }: { services: readonly ServiceTimes[]; all: readonly ServiceTimes[] }) {
  const { statistics: words, parties } = useWords().clock
  // A column in which nobody ever had anything says nothing.
  const used = SHOWN.filter((party) => party === 'agency' || party === 'owner' || all.some((one) => one.parties[party] > 0))
  return (
    <DataTable
      caption={words.caption}
      rows={services}
      keyOf={({ code }) => code}
      empty={words.empty}
      columns={[
        { key: 'service', label: words.service, main: true, cell: ({ code, name }) => <a href={paths.listing(code)}>{name}</a> },
        { key: 'count', label: words.count, number: true, cell: ({ count }) => count },
        ...used.map((party) => ({ key: party, label: parties[party], number: true, cell: (one: ServiceTimes) => one.parties[party].toFixed(1) })),
        { key: 'whole', label: words.whole, number: true, cell: ({ whole }) => whole.toFixed(1) },
      ]}
    />
  )
}
