import { byArrival, lotOf, lotWinner, receivedMillisecond } from '#app/domain/bids/lot.ts'
import { comparable } from '#app/domain/bids/quote.ts'
import { formatYuan } from '#app/domain/money.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'

/** Is there a result in which equal prices, if there were any, were put in order by the bidders' own numbers? */
export function hasLots({ tender, draw }: Pick<ShownTender, 'tender' | 'draw'>): boolean {
  return tender.tie === 'electronic-lot' && Boolean(draw?.order.length)
}

/** The electronic lot of every group of equal prices, written out so that a reader can do the sum. */
export function TenderLots({ shown }: { shown: ShownTender }) {
  const words = useWords().lots
  const { pricing, sealing } = useWords()
  if (!hasLots(shown)) return null
  const groups = groupsOf(shown)
  const digits = (lot: number | string) => String(lot).padStart(3, '0')
  return (
    <Section title={words.title} id="lots" lead={groups.length ? words.lead : words.none}>
      {groups.map(({ price, quote, bids }) => {
        const { sum, remainder } = lotWinner(bids)
        const caption = words.group(quote.kind === 'money' ? `${formatYuan(quote.fen)} ${pricing.unit.money}` : sealing.prices.discount(quote.basisPoints / 100), bids.length)
        return (
          <div key={price} className="mt-4">
            <h3 className="mb-2">{caption}</h3>
            <DataTable
              caption={caption}
              rows={bids.map((bid, number) => ({ ...bid, number }))}
              keyOf={({ bid }) => bid}
              empty={{ title: words.none }}
              columns={[
                { key: 'number', label: words.number, number: true, cell: ({ number }) => number },
                { key: 'agency', label: words.agency, main: true, cell: ({ name, label }) => <a href={paths.agency(label)}>{name}</a> },
                { key: 'given', label: words.given, number: true, cell: ({ given }) => <CodeText copy={false}>{given}</CodeText> },
                { key: 'millisecond', label: words.millisecond, number: true, cell: ({ receivedAt }) => <CodeText copy={false}>{digits(receivedMillisecond(receivedAt))}</CodeText> },
                { key: 'lot', label: words.lot, number: true, cell: ({ lot }) => <CodeText copy={false}>{digits(lot)}</CodeText> },
                { key: 'place', label: words.place, number: true, cell: ({ place }) => place },
              ]}
            />
            <p className="measure mt-3">{words.sum(sum, bids.length, remainder)}<strong>{words.first(bids[remainder]!.name)}</strong></p>
          </div>
        )
      })}
    </Section>
  )
}

/** Bids of equal prices with their lots, in the order of receipt; the best price first. */
function groupsOf({ prices, draw }: ShownTender) {
  const leafOf = new Map(draw!.pool.map((leaf) => [leaf.bid, leaf]))
  const placeOf = new Map(draw!.order.map(({ label, place }) => [label, place]))
  const numbered = (prices ?? []).flatMap(({ bid, label, name, quote, lot: given, outcome }) => {
    const leaf = leafOf.get(bid)
    if (outcome !== 'valid' || !quote || given === null || !leaf) return []
    return [{ bid, label, name, given, quote, place: placeOf.get(label)!, price: comparable(quote), lot: lotOf(given, leaf.receivedAt), receivedAt: leaf.receivedAt, bidHash: leaf.bidHash }]
  })
  const groups = [...new Set(numbered.map(({ price }) => price))].map((price) => ({ price, bids: byArrival(numbered.filter((each) => each.price === price)) }))
  return groups
    .filter(({ bids }) => bids.length > 1)
    .map(({ price, bids }) => ({ price, bids, quote: bids[0]!.quote, best: Math.min(...bids.map(({ place }) => place)) }))
    .sort((one, other) => one.best - other.best)
}
