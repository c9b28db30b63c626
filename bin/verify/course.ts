import type { Bundle, Decided, Entry, Proven } from './bundle.ts'

export type EntryName = 'publication' | 'freeze' | 'draw' | 'seated' | 'opening' | 'judged' | 'reveal' | 'result'
/** `field` is where the entry stands; its proof stands at `/ledger` and the same. */
export type Logged = { name: EntryName; field: string; entry: Entry; proven: Proven | undefined }

/** What every method has alike: its entries in the order of the log, and what the last of them decided, from when on. */
export type Course = { entries: Logged[]; decided: Decided; field: string; decidesAfter: string }

export function courseOf(bundle: Bundle): Course {
  const { publication, freeze, ledger } = bundle
  const head: Logged[] = [
    { name: 'publication', field: '/publication', entry: publication, proven: ledger?.publication },
    { name: 'freeze', field: '/freeze', entry: freeze, proven: ledger?.freeze },
  ]
  if (bundle.method === 'random') {
    const { draw } = bundle.steps
    return {
      entries: [...head, { name: 'draw', field: '/steps/draw', entry: draw, proven: bundle.ledger?.steps.draw }],
      decided: draw.facts.draw,
      field: '/steps/draw/facts/draw',
      decidesAfter: publication.facts.draw.drawsAfter,
    }
  }
  const { opening, result } = bundle.steps
  const shown = bundle.steps as unknown as Partial<Record<EntryName, Entry | Entry[]>>
  const proofs = (ledger?.steps ?? {}) as Partial<Record<EntryName, Proven | Proven[]>>
  const logged = (name: EntryName): Logged[] =>
    [shown[name] ?? []].flat().map((entry, place) => ({ name, field: Array.isArray(shown[name]) ? `/steps/${name}/${place}` : `/steps/${name}`, entry, proven: [proofs[name] ?? []].flat()[place] }))
  return {
    entries: [...head, ...(['seated', 'opening', 'judged', 'reveal', 'result'] as const).flatMap(logged)],
    decided: result.facts.result,
    field: '/steps/result/facts/result',
    decidesAfter: bundle.method === 'merit' ? bundle.steps.reveal.facts.reveal.decidesAfter : opening.facts.opening.decidesAfter,
  }
}
