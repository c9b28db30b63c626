import { paths } from '#app/paths.ts'
import { DataTable } from './data-table.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

type Results = { count: number; medianCeilingFen: number; medianDays: number; latest: { number: string; title: string; winner: string; ceilingFen: number; awardedAt: string }[] }

/** How a service was bought before: the medians, and the newest results; what to expect where there are none yet. */
export function PastResults({ results }: { results: Results | null }) {
  const words = useWords().catalogue.listing
  return (
    <Section title={words.resultsTitle} id="results" lead={results ? words.resultsLead(results.count) : undefined}>
      {results ? (
        <Facts
          items={[
            { label: words.medianCeiling, value: <Money fen={results.medianCeilingFen} /> },
            { label: words.medianDays, value: words.daysTaken(results.medianDays) },
          ]}
        />
      ) : null}
      <DataTable
        caption={words.resultsTitle}
        brief
        rows={results?.latest ?? []}
        keyOf={({ number }) => number}
        columns={[
          { key: 'title', label: words.result.title, main: true, cell: ({ number, title }) => <a href={paths.tender(number)}>{title}</a> },
          { key: 'winner', label: words.result.winner, cell: ({ winner }) => winner },
          { key: 'ceiling', label: words.result.ceiling, number: true, cell: ({ ceilingFen }) => <Money fen={ceilingFen} /> },
          { key: 'at', label: words.result.at, cell: ({ awardedAt }) => <Instant at={awardedAt} bare /> },
        ]}
        empty={words.resultsNone}
      />
    </Section>
  )
}

