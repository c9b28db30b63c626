import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

/** Every quote of an auction that has ended, in the order in which they were taken. */
export function AuctionQuotes({ quotes }: Pick<ShownTender, 'quotes'>) {
  const words = useWords().auction.all
  if (!quotes.length) return null
  return (
    <Section title={words.title} id="quotes" lead={words.lead}>
      <DataTable
        caption={words.title}
        rows={quotes}
        keyOf={({ hash }) => hash}
        empty={{ title: words.title }}
        columns={[
          { key: 'sequence', label: words.sequence, number: true, cell: ({ sequence }) => sequence },
          { key: 'agency', label: words.agency, main: true, cell: ({ label, name }) => <a href={paths.agency(label)}>{name}</a> },
          { key: 'price', label: words.price, number: true, cell: ({ amountFen }) => <Money fen={amountFen} /> },
          { key: 'round', label: words.round, number: true, cell: ({ round }) => round },
          { key: 'at', label: words.at, cell: ({ at }) => <Instant at={at} seconds bare /> },
          { key: 'hash', label: words.hash, cell: ({ hash }) => <CodeText short={10}>{hash}</CodeText> },
        ]}
      />
    </Section>
  )
}
