import { datesOf, type AnyBundle, type Bundle, type Decided, type Entry, type Proven, type ShortlistBundle } from './bundle.ts'

export type EntryName = 'publication' | 'correction' | 'extension' | 'freeze' | 'draw' | 'quote' | 'further' | 'release' | 'seated' | 'opening' | 'judged' | 'reveal' | 'result' | 'hold' | 'pick' | 'acceptance' | 'closing' | 'award' | 'declined'
/** `field` is where the entry stands; its proof stands at `/ledger` and the same. */
export type Logged = { name: EntryName; field: string; entry: Entry; proven: Proven | undefined }

/** What every method has alike: its entries in the order of the log, what the last of them decided, from when on, and what came after that. */
export type Course = { entries: Logged[]; later: Logged[]; decided: Decided; field: string; decidesAfter: string }

export function courseOf(bundle: Bundle): Course {
  const entries = entriesOf(bundle)
  if (bundle.method === 'random' || bundle.method === 'credit-shortlist') {
    return {
      entries,
      later: bundle.method === 'credit-shortlist' ? laterOf(bundle) : [],
      decided: bundle.steps.draw.facts.draw,
      field: '/steps/draw/facts/draw',
      decidesAfter: datesOf(bundle).drawsAfter,
    }
  }
  const { opening, result } = bundle.steps
  return { entries, later: [], decided: result.facts.result, field: '/steps/result/facts/result', decidesAfter: bundle.method === 'merit' ? bundle.steps.reveal.facts.reveal.decidesAfter : opening.facts.opening.decidesAfter }
}

/** What came after a small list was drawn. */
function laterOf({ steps: { holds = [], pick }, ledger }: ShortlistBundle): Logged[] {
  return [
    ...holds.map((entry, place): Logged => ({ name: 'hold', field: `/steps/holds/${place}`, entry, proven: ledger?.steps.holds?.[place] })),
    ...(pick ? [{ name: 'pick' as const, field: '/steps/pick', entry: pick, proven: ledger?.steps.pick ?? undefined }] : []),
  ]
}

/** In the order of the log: those of which there are several stand in a list. */
const OWN: [at: string, name: EntryName][] = [['draw', 'draw'], ['quotes', 'quote'], ['extensions', 'further'], ['releases', 'release'], ['seated', 'seated'], ['opening', 'opening'], ['judged', 'judged'], ['reveal', 'reveal'], ['result', 'result'], ['acceptance', 'acceptance'], ['closing', 'closing'], ['award', 'award'], ['declined', 'declined']]

/** The entries in the order of the log; where too few prices were valid, the opening is the last. */
export function entriesOf(bundle: AnyBundle): Logged[] {
  const { publication, moves = [], ledger } = bundle
  const shown = bundle.steps as unknown as Record<string, Entry | Entry[] | undefined>
  const proofs = (ledger?.steps ?? {}) as unknown as Record<string, Proven | Proven[] | undefined>
  const own = furtherAmong(OWN.flatMap(([at, name]) => [shown[at] ?? []].flat().map((entry, place): Logged => ({ name, field: Array.isArray(shown[at]) ? `/steps/${at}/${place}` : `/steps/${at}`, entry, proven: [proofs[at] ?? []].flat()[place] }))))
  const published: Logged = { name: 'publication', field: '/publication', entry: publication, proven: ledger?.publication }
  const moved = moves.map((entry, place): Logged => ({ name: entry.kind === 'tender.extended' ? 'extension' : 'correction', field: `/moves/${place}`, entry, proven: ledger?.moves?.[place] }))
  if (bundle.method !== 'direct') return [published, ...moved, { name: 'freeze', field: '/freeze', entry: bundle.freeze, proven: bundle.ledger?.freeze }, ...own]
  // A named agency may accept before its deadline moves or after that.
  const accepted = bundle.ledger?.steps.acceptance.index ?? 0
  const behind = moved.findIndex(({ proven }) => proven !== undefined && proven.index > accepted)
  const cut = behind < 0 ? moved.length : behind
  return [published, ...moved.slice(0, cut), own[0]!, ...moved.slice(cut), ...own.slice(1)]
}

/** Further rounds are given between quotes, where the log has them; each of the two rows keeps its own order. */
function furtherAmong(own: readonly Logged[]): Logged[] {
  const given = own.filter(({ name }) => name === 'further')
  const others = own.filter(({ name }) => name !== 'further')
  return others.flatMap((each) => {
    const later = each.name === 'quote' ? given.findIndex(({ entry }) => entry.at > each.entry.at) : -1
    return [...given.splice(0, later < 0 ? given.length : later), each]
  })
}
