import type { OpenedPrice, ShownPrices } from '#app/domain/bids/opened-price.ts'
import { formatDiscount } from '#app/domain/bids/price.ts'
import type { Quote } from '#app/domain/bids/quote.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { DataTable } from './data-table.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money, yuanText } from './money.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Remaining } from './remaining.tsx'
import { Status } from './status.tsx'
import { Instant } from './time.tsx'

/** Every opened price with what became of it; who is marked as low is asked to explain, and what was said stands under the price. */
export function TenderPrices({ shown, opened }: { shown: ShownTender; opened: ShownPrices }) {
  const { pricing, tenders } = useWords()
  const words = pricing.opened
  const { tender, state, at, demo } = shown
  const { number } = tender.publication!
  const { decidesAfter } = tender.opening!
  const isOpened = state === 'opened'
  return (
    <Section title={words.title} id="prices" lead={words.lead}>
      {opened.why === null ? (
        <Notice tone="open" title={pricing.explain.title}>
          {pricing.explain.lead} {pricing.explain.until} <Instant at={decidesAfter} seconds={demo} /> <Remaining at={at} until={decidesAfter} />
          <p className="mt-2"><ButtonLink kind="main" href={paths.explain(number)}>{pricing.explain.link}</ButtonLink></p>
        </Notice>
      ) : null}
      <DataTable
        caption={words.title}
        rows={opened.prices}
        keyOf={({ bid }) => bid}
        empty={{ title: words.title }}
        columns={[
          { key: 'place', label: words.place, number: true, cell: ({ place }) => place ?? '—' },
          { key: 'agency', label: words.agency, main: true, cell: ({ uscc, name, bid }) => <><a href={paths.agency(uscc)}>{name}</a>{bid === opened.own ? <span className="small muted block">{words.yours}</span> : null}</> },
          { key: 'price', label: words.price, number: true, cell: (price) => <Price price={price} /> },
          { key: 'standing', label: words.standing, cell: (price) => <Standing price={price} isOpened={isOpened} /> },
        ]}
      />
      <div className="mt-4">
        <Facts
          items={[
            opened.mean && { label: words.mean, value: <QuoteText quote={opened.mean} /> },
            isOpened && { label: words.decides, value: <><Instant at={decidesAfter} seconds={demo} /> <Remaining at={at} until={decidesAfter} /></>, note: demo ? tenders.demoClock : undefined },
          ]}
        />
      </div>
    </Section>
  )
}

/** A price as it was named; a discount with what it comes to. */
export function Price({ price: { quote, amountFen } }: { price: Pick<OpenedPrice, 'quote' | 'amountFen'> }) {
  const { amount } = useWords().pricing.opened
  if (!quote) return <>—</>
  return (
    <>
      <QuoteText quote={quote} />
      {quote.kind === 'discount' && amountFen !== null ? <span className="small muted block">{amount(yuanText(amountFen))}</span> : null}
    </>
  )
}

function QuoteText({ quote }: { quote: Quote }) {
  return quote.kind === 'money' ? <Money fen={quote.fen} /> : <span className="money">{formatDiscount(quote.basisPoints)}</span>
}

/** By which marks a price is low, in words. */
export function LowMarks({ marks }: { marks: OpenedPrice['lowMarks'] }) {
  const { low } = useWords().sealing
  return (
    <ul>
      {marks.map((mark) => (
        <li key={mark}>{low[mark]}</li>
      ))}
    </ul>
  )
}

function Standing({ price: { invalid, lowMarks, explanation }, isOpened }: { price: OpenedPrice; isOpened: boolean }) {
  const { pricing, sealing, tenders } = useWords()
  const words = pricing.opened
  if (invalid) return <><Status tone="refused">{words.invalid}</Status> <span className="small block">{sealing.invalid[invalid]}</span></>
  return (
    <>
      <Status tone="kept">{words.valid}</Status>
      {lowMarks.length ? (
        <div className="small mt-1">
          <strong>{words.low}</strong>
          <LowMarks marks={lowMarks} />
          {explanation ? <p className="whitespace-pre-line break-words">{words.explanation}{tenders.because}{explanation.words}</p> : <p className="muted">{isOpened ? words.notExplained : words.neverExplained}</p>}
        </div>
      ) : null}
    </>
  )
}
