import type { ShownPrice, ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Section } from './page.tsx'
import { Remaining } from './remaining.tsx'
import { Instant } from './time.tsx'

/** Every price as it was opened, cheapest first, with what does not count and why, and what is abnormally low. */
export function TenderPrices({ shown }: { shown: ShownTender }) {
  const words = useWords().sealing.prices
  const { tender, prices, at, demo, state } = shown
  if (!prices || !tender.opening) return null
  const { openedAt } = tender.opening
  // Where judges mark, what breaks ties comes after their sheets.
  const decidesAfter = tender.judging ? tender.judging.decidesAfter : tender.opening.decidesAfter
  return (
    <Section title={words.title} id="prices" lead={<>{words.lead} <Instant at={openedAt} seconds={demo} /></>}>
      <DataTable
        caption={words.title}
        rows={prices}
        keyOf={({ bid }) => bid}
        empty={{ title: words.none }}
        columns={[
          { key: 'agency', label: words.agency, main: true, cell: ({ name, label }) => <a href={paths.agency(label)}>{name}</a> },
          { key: 'price', label: words.price, number: true, cell: (price) => <Price price={price} /> },
          { key: 'note', label: words.note, cell: (price) => <Note price={price} /> },
          { key: 'bid', label: words.bid, cell: ({ bid }) => <CodeText short={8}>{bid}</CodeText> },
        ]}
      />
      {state === 'opened' && decidesAfter ? (
        <p className="mt-4 measure">
          {words.decides} <Instant at={decidesAfter} seconds={demo} /> <Remaining at={at} until={decidesAfter} />
        </p>
      ) : null}
    </Section>
  )
}

/** A price as it was named, and what it costs where a discount was named. */
export function Price({ price: { quote, amountFen } }: { price: Pick<ShownPrice, 'quote' | 'amountFen'> }) {
  const words = useWords().sealing.prices
  if (quote?.kind === 'discount') return <>{words.discount(quote.basisPoints / 100)}{amountFen === null ? null : <span className="small muted block"><Money fen={amountFen} /></span>}</>
  const fen = amountFen ?? (quote?.kind === 'money' ? quote.fen : null)
  return fen === null ? <span className="unstated">{words.unreadable}</span> : <Money fen={fen} />
}

function Note({ price: { outcome, reason, low } }: { price: ShownPrice }) {
  const { invalid, low: marks, prices: words } = useWords().sealing
  if (outcome === 'invalid') return <>{words.invalid}{reason ? invalid[reason] : ''}</>
  return low.length ? <>{words.low}{low.map((mark) => marks[mark]).join(words.and)}</> : <>{words.valid}</>
}
