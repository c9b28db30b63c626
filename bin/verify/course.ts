import { datesOf, isDecided, type AnyBundle, type Bundle, type Decided, type Entry, type PriceBundle, type Proven } from './bundle.ts'

export type EntryName = 'publication' | 'correction' | 'extension' | 'freeze' | 'draw' | 'quote' | 'release' | 'opening' | 'result'
/** `field` is where the entry stands; its proof stands at `/ledger` and the same. */
export type Logged = { name: EntryName; field: string; entry: Entry; proven: Proven | undefined }

/** What every method has alike: its entries in the order of the log, and what the last of them decided, from when on. */
export type Course = { entries: Logged[]; decided: Decided; field: string; decidesAfter: string }

export function courseOf(bundle: Bundle): Course {
  const entries = entriesOf(bundle)
  if (bundle.method === 'random') return { entries, decided: bundle.steps.draw.facts.draw, field: '/steps/draw/facts/draw', decidesAfter: datesOf(bundle).drawsAfter }
  return { entries, decided: bundle.steps.result.facts.result, field: '/steps/result/facts/result', decidesAfter: bundle.steps.opening.facts.opening.decidesAfter }
}

/** The entries in the order of the log; where too few prices were valid, the opening is the last. */
export function entriesOf(bundle: AnyBundle): Logged[] {
  const { publication, moves = [], freeze, ledger } = bundle
  const head: Logged[] = [
    { name: 'publication', field: '/publication', entry: publication, proven: ledger?.publication },
    ...moves.map((entry, place): Logged => ({ name: entry.kind === 'tender.extended' ? 'extension' : 'correction', field: `/moves/${place}`, entry, proven: ledger?.moves?.[place] })),
    { name: 'freeze', field: '/freeze', entry: freeze, proven: ledger?.freeze },
  ]
  if (bundle.method === 'random') return [...head, { name: 'draw', field: '/steps/draw', entry: bundle.steps.draw, proven: bundle.ledger?.steps.draw }]
  const quotes = bundle.method === 'live-auction' ? bundle.steps.quotes.map((entry, place): Logged => ({ name: 'quote', field: `/steps/quotes/${place}`, entry, proven: bundle.ledger?.steps.quotes[place] })) : []
  const releases = 'releases' in bundle.steps ? bundle.steps.releases!.map((entry, place): Logged => ({ name: 'release', field: `/steps/releases/${place}`, entry, proven: (bundle as PriceBundle).ledger?.steps.releases?.[place] })) : []
  const opening: Logged = { name: 'opening', field: '/steps/opening', entry: bundle.steps.opening, proven: bundle.ledger?.steps.opening }
  return isDecided(bundle) ? [...head, ...quotes, ...releases, opening, { name: 'result', field: '/steps/result', entry: bundle.steps.result, proven: bundle.ledger?.steps.result }] : [...head, ...quotes, ...releases, opening]
}
