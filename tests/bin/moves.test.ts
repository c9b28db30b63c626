import { expect, test } from 'vitest'
import type { Bundle } from '#app/domain/draw/bundle.ts'
import { timeOfRound } from '#app/domain/draw/drand.ts'
import { drawnBundle, type Forged } from '#tests/support/drawn.ts'
import { pricedBundle } from '#tests/support/priced.ts'
import { SETTINGS } from '#tests/support/sources.ts'
import { minute } from '#tests/support/story-log.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

type Made = (moved: boolean | Forged) => Promise<Bundle>
type Instant = (count: number) => string

/** The same three moves before a draw from each source, and before an opening of sealed prices; the story of drand is as old as its round. */
const KINDS: [string, Made, Instant][] = [
  ...(['local', 'drand', 'lottery'] as const).map((source): [string, Made, Instant] => [`a draw by ${source}`, async (moved) => drawnBundle({ moved, source }), (count) => new Date(SETTINGS[source].base + count * 60_000).toISOString()]),
  ['a lowest price', async (moved) => pricedBundle({ moved }), (count) => minute(count).toISOString()],
]
const faults = (bundle: Bundle) => verifyBundle(JSON.stringify(bundle)).faults.map(({ field }) => field)

test.each(KINDS)('a deadline that moved three times is proved step by step, and each step is in the log: %s', async (_, make, at) => {
  const { faults: none, passed } = verifyBundle(JSON.stringify(await make(true)))
  expect(none).toEqual([])
  expect(passed).toContainEqual({ sentence: 'The entries that moved the deadline lead from the published dates to those of the freeze.', value: `${at(10)} → ${at(30)}` })
  expect(passed.filter(({ sentence }) => /(correction|later deadline).*log/.test(sentence))).toHaveLength(4)
})

/** Every one of these stands in a log that the platform signed: only what the entries say gives it away. */
const FORGED: [string, (at: Instant) => Forged, string][] = [
  ['an extension of another publication', () => ({ facts: { 1: { publication: '00000000-0000-4000-8000-000000000000' } } }), '/moves/0/facts/extension/publication'],
  ['a number that skips one', () => ({ facts: { 2: { number: 4 } } }), '/moves/2/facts/extension/number'],
  ['a deadline that begins from another date', (at) => ({ facts: { 3: { fromClosesAt: at(19) } } }), '/moves/3/facts/extension/fromClosesAt'],
  ['a draw that begins from another date', (at) => ({ facts: { 3: { fromDrawsAfter: at(34) } } }), '/moves/3/facts/extension/fromDrawsAfter'],
  ['a deadline that moves backwards', (at) => ({ facts: { 1: { closesAt: at(9) } } }), '/moves/0/facts/extension/closesAt'],
  ['a draw that moves backwards', (at) => ({ facts: { 1: { drawsAfter: at(19) } } }), '/moves/0/facts/extension/drawsAfter'],
  ['a closed tender that its owner opens again', () => ({ made: { 1: 10 } }), '/moves/0/at'],
  ['an outage that is answered after the new deadline', () => ({ made: { 3: 30 } }), '/moves/3/at'],
  ['a correction that nobody made', () => ({ uncorrected: true }), '/moves/1/facts/extension/cause'],
  ['a correction that gave another deadline', (at) => ({ facts: { 2: { closesAt: at(21) } } }), '/moves/1/facts/closesAt'],
  ['a last deadline that is not the one of the freeze', (at) => ({ facts: { 3: { closesAt: at(29) } } }), '/freeze/facts/draw/moved/closesAt'],
  ['a last draw that is not the one of the freeze', (at) => ({ facts: { 3: { drawsAfter: at(46) } } }), '/freeze/facts/draw/moved/drawsAfter'],
]

test.each(FORGED.flatMap(([what, forged, field]) => KINDS.map(([kind, make, at]) => ({ what, kind, make, moved: forged(at), field }))))('refused, though the log has it: $what, $kind', async ({ make, moved, field }) => {
  expect(faults(await make(moved))).toContain(field)
})

test('once the deadline has moved, the round of the first date decides nothing any more', () => {
  const announced = timeOfRound(500)
  const bundle = drawnBundle({ moved: true, source: 'drand', change: { beacon: { round: 500, at: announced.toISOString() } } })
  expect(bundle.publication).toMatchObject({ facts: { draw: { round: 500 } } })
  expect(faults(bundle)).toContain('/steps/draw/facts/draw/beacon/round')
})

test.each(KINDS)('an extension that is left out, shown twice, or shown without its proof is refused: %s', async (_, make) => {
  const bundle = await make(true)
  const changed = (change: (copy: typeof bundle) => void) => {
    const copy = structuredClone(bundle)
    change(copy)
    return faults(copy)
  }
  expect(changed(({ moves, ledger }) => void (moves!.splice(3, 1), ledger!.moves!.splice(3, 1)))).toContain('/freeze/facts/draw/moved/extensions')
  expect(changed((copy) => { delete copy.moves; delete copy.ledger!.moves })).toContain('/freeze/facts/draw/moved/extensions')
  expect(changed(({ moves, ledger }) => void (moves!.push(moves![3]!), ledger!.moves!.push(ledger!.moves![3]!)))).toContain('/ledger/moves/4/index')
  expect(changed(({ ledger }) => void delete ledger!.moves)).toContain('/ledger/moves')
  expect(changed(({ ledger }) => void ledger!.moves!.pop())).toContain('/ledger/moves')
})
