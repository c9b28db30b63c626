import type { ShownPrice, ShownTender } from '#app/domain/tenders/tender-view.ts'
import { ranksAfter } from '#app/domain/tenders/state.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { CodeText } from './code-text.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Remaining } from './remaining.tsx'
import { Instant } from './time.tsx'

/** Every price as it was opened, cheapest first, with what does not count and why, and what is abnormally low. */
export function TenderPrices({ shown, own, mayExplain }: { shown: ShownTender; own: string | null; mayExplain: boolean }) {
  const { sealing, pricing, auction } = useWords()
  const words = sealing.prices
  const { tender, prices, at, demo, state } = shown
  if (!prices || !tender.opening) return null
  const { openedAt } = tender.opening
  // Where judges mark, what breaks ties comes after their sheets.
  const decidesAfter = ranksAfter(tender)
  return (
    <Section title={words.title} id="prices" lead={<>{tender.auction ? auction.pricesLead : words.lead} <Instant at={openedAt} seconds={demo} /></>}>
      {mayExplain ? (
        <Notice tone="open" title={pricing.explain.title}>
          {pricing.explain.lead} {pricing.explain.until} <Instant at={tender.opening.explainUntil} seconds={demo} /> <Remaining at={at} until={tender.opening.explainUntil} />
          <p className="mt-2">
            <ButtonLink kind="main" href={paths.explain(shown.tender.publication!.number)}>{pricing.explain.link}</ButtonLink>
          </p>
        </Notice>
      ) : null}
      <DataTable
        caption={words.title}
        rows={prices}
        keyOf={({ bid }) => bid}
        empty={{ title: words.none }}
        columns={[
          { key: 'agency', label: words.agency, main: true, cell: ({ bid, name, label }) => <><a href={paths.agency(label)}>{name}</a>{bid === own ? <span className="small muted block">{pricing.opened.yours}</span> : null}</> },
          { key: 'price', label: words.price, number: true, cell: (price) => <Price price={price} /> },
          { key: 'note', label: words.note, cell: (price) => <Note price={price} isDecided={state !== 'opened'} /> },
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

function Note({ price: { outcome, reason, low, explanation }, isDecided }: { price: ShownPrice; isDecided: boolean }) {
  const { sealing, pricing } = useWords()
  const { invalid, low: marks, prices: words } = sealing
  const { opened } = pricing
  if (outcome === 'invalid') return <>{words.invalid}{reason ? invalid[reason] : ''}</>
  if (!low.length) return <>{words.valid}</>
  return (
    <>
      {words.low}{low.map((mark) => marks[mark]).join(words.and)}
      {explanation ? (
        <span className="block whitespace-pre-line break-words">{opened.explanation}{explanation.words}</span>
      ) : (
        <span className="small muted block">{isDecided ? opened.neverExplained : opened.notExplained}</span>
      )}
    </>
  )
}
