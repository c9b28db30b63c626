import { REMARKS } from '#app/domain/cases/acceptance.ts'
import { PARTIES } from '#app/domain/cases/party.ts'
import type { ServiceTimes, TimesBasis } from '#app/domain/contracts/shown-award.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'

const SHOWN = PARTIES

/** What is read at a glance; the rest folds. */
const AT_FIRST = 8

type Shown = TimesBasis & { total: number; division: { code: string; name: string } | null; divisions: readonly ServiceTimes[]; services: readonly ServiceTimes[] }

/** Average working days by party of each service and of each place, with how many purchases they are of. */
export function ServiceTimesTable({ latest, remarks, total, division, divisions, services }: Shown) {
  const { statistics: words, remarks: marks } = useWords().clock
  const noted = REMARKS.filter((what) => remarks[what])
  return (
    <Section title={words.title} id="time" lead={total ? `${words.lead}${words.note(total)}` : words.lead} action={total ? <span><a href={paths.serviceTimesFile('service-times.xlsx')} download>{words.xlsx}</a> · <a href={paths.serviceTimesFile('service-times.json')} download>{words.json}</a></span> : null}>
      {latest === null ? null : <p className="measure mb-4">{words.latest(latest)}</p>}
      {noted.length ? <p className="measure mb-4">{words.remarked} {noted.map((what) => words.remarkOf({ mark: marks[what].mark, count: remarks[what]! })).join(words.comma)}</p> : null}
      {divisions.length > 1 ? (
        <>
          <h3 className="mb-4">{words.byDivision}</h3>
          <Folded rows={divisions} more={words.otherDivisions} label={words.division} caption={words.divisionCaption} hrefOf={(code) => `${paths.supervision({ division: code })}#time`} />
        </>
      ) : null}
      {divisions.length > 1 ? <h3 className="mt-8 mb-4">{division ? words.servicesOf(division.name) : words.byService}{division ? <> <a className="small font-normal" href={`${paths.supervision()}#time`}>{words.everywhere}</a></> : null}</h3> : null}
      <Folded rows={services} more={words.others} label={words.service} caption={words.caption} hrefOf={paths.listing} />
    </Section>
  )
}

type FoldedProps = Omit<TimesProps, 'all'> & { more: (count: number) => string }

function Folded({ rows, more, ...times }: FoldedProps) {
  const others = rows.slice(AT_FIRST)
  return (
    <>
      <Times rows={rows.slice(0, AT_FIRST)} all={rows} {...times} />
      {others.length ? (
        <details className="fold fold-wide mt-4">
          <summary>{more(others.length)}</summary>
          <Times rows={others} all={rows} {...times} />
        </details>
      ) : null}
    </>
  )
}

type TimesProps = { rows: readonly ServiceTimes[]; all: readonly ServiceTimes[]; label: string; caption: string; hrefOf: (code: string) => string }

function Times({ rows, all, label, caption, hrefOf }: TimesProps) {
  const { statistics: words, parties } = useWords().clock
  // A column in which nobody ever had anything says nothing.
  const used = SHOWN.filter((party) => party === 'agency' || party === 'owner' || all.some((one) => one.parties[party] > 0))
  return (
    <DataTable
      caption={caption}
      rows={rows}
      keyOf={({ code }) => code}
      empty={words.empty}
      columns={[
        { key: 'name', label, main: true, cell: ({ code, name }) => <a href={hrefOf(code)}>{name}</a> },
        { key: 'count', label: words.count, number: true, cell: ({ count }) => count },
        ...used.map((party) => ({ key: party, label: parties[party], number: true, cell: (one: ServiceTimes) => one.parties[party].toFixed(1) })),
        { key: 'whole', label: words.whole, number: true, cell: ({ whole }) => whole.toFixed(1) },
      ]}
    />
  )
}
