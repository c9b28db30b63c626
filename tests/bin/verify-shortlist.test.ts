import { expect, test } from 'vitest'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { listedBundle } from '#tests/support/listed.ts'
import { minute } from '#tests/support/story-log.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

const fieldsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults.map(({ field }) => field)

test.each(['owner', 'first-drawn', null] as const)('a shortlist verifies, and each check says in words what it found: %s', (pick) => {
  const text = JSON.stringify(listedBundle({ pick }))
  const { passed, faults } = verifyBundle(text)
  expect(faults).toEqual([])
  const sentences = passed.map(({ sentence }) => sentence).slice(-3)
  expect(sentences[0]).toMatch(/^Every eligible bid carries the grade/)
  expect(sentences[1]).toBe('Ranking by grade and drawing by balls again gives the same order of the 5 on the big list, of which the first 3 are the small list.')
  expect(sentences[2]).toMatch(pick ? /^The one who was picked/ : /^Nobody is picked yet/)
  expect(verifyAtOnce({ bundle: text }, { keys: [] }, zh).faults).toEqual([])
})

test('one bit that is turned over anywhere is found, and its field is named', () => {
  const bundle = listedBundle()
  expectFlipsNamed(bundle, (changed) => verifyBundle(JSON.stringify(changed)).faults, { least: 200 })
})

test('a pick and its proof are there together or not at all', () => {
  const [picked, waiting] = [listedBundle(), listedBundle({ pick: null })]
  const proven = (bundle: typeof picked, pick: unknown) => fieldsOf({ ...bundle, ledger: { ...bundle.ledger, steps: { ...bundle.ledger!.steps, pick } } })
  expect(proven(picked, null)).toEqual(['/ledger/steps/pick'])
  expect(proven(waiting, picked.ledger!.steps.pick)).toContain('/ledger/steps/pick')
})

test('who held a small list gave its owner the time back: the pick may come until then, and each hold is bound like everything else', () => {
  const held = listedBundle({ held: true })
  expect(fieldsOf(held)).toEqual([])
  for (const bundle of [listedBundle({ held: true, pick: 'first-drawn' }), listedBundle({ held: true, pick: null }), listedBundle({ held: true, forged: { pickedAt: 111 } })]) expect(fieldsOf(bundle)).toEqual([])
  expectFlipsNamed(held, (changed) => verifyBundle(JSON.stringify(changed)).faults, { least: 25, among: (way) => way.includes('holds') })
  const steps = (changes: object, proven: object = {}) => fieldsOf({ ...held, steps: { ...held.steps, ...changes }, ledger: { ...held.ledger, steps: { ...held.ledger!.steps, ...proven } } } as object)
  const { holds } = held.ledger!.steps
  expect(steps({}, { holds: [holds![0]] })).toEqual(['/ledger/steps/holds'])
  expect(steps({ holds: [held.steps.holds![0]] })).toContain('/ledger/steps/holds')
  expect(steps({ holds: [held.steps.holds![1]] }, { holds: [holds![1]] })).toContain('/steps/holds/0/facts/picking/fromPickBy')
  const forged = (hold: Record<string, string>) => fieldsOf(listedBundle({ held: true, forged: { hold } }))
  expect(forged({ pickBy: minute(150).toISOString() })[0]).toBe('/steps/holds/0/facts/picking/pickBy')
  expect(forged({ since: minute(40).toISOString() })[0]).toBe('/steps/holds/0/facts/picking/since')
  expect(forged({ draw: '00000000-0000-4000-8000-000000000000' })[0]).toBe('/steps/holds/0/facts/picking/draw')
  expect(fieldsOf(listedBundle({ held: true, forged: { pickedAt: 112 } }))[0]).toBe('/steps/pick/at')
  expect(fieldsOf(listedBundle({ held: true, pick: 'first-drawn', forged: { pickedAt: 110 } }))[0]).toBe('/steps/pick/at')
})

test('a platform that cheats and signs it well is named at the field', () => {
  const swapped = <P,>([first, second, ...rest]: P[]) => [second!, first!, ...rest]
  const forged = (forgery: NonNullable<Parameters<typeof listedBundle>[0]>['forged'], pick: 'owner' | 'first-drawn' = 'owner') => fieldsOf(listedBundle({ pick, ...(forgery && { forged: forgery }) }))
  expect(forged({ order: swapped })).toContain('/steps/order/0/label')
  expect(forged({ order: (order) => order.slice(1) })[0]).toBe('/steps/order')
  expect(forged({ leaves: (leaves) => leaves.map((leaf, place) => (place === 3 ? { ...leaf, credit: { grade: 'A', entry: null } } : leaf)) })[0]).toMatch(/^\/leaves\/\d\/credit\/grade$/)
  expect(forged({ leaves: (leaves) => leaves.map((leaf) => (leaf.standing === 'excluded' ? { ...leaf, credit: { grade: 'A', entry: null } } : leaf)) })[0]).toMatch(/^\/leaves\/\d\/credit$/)
  expect(forged({ pickBy: minute(107) })[0]).toBe('/steps/draw/facts/draw/pickBy')
  expect(forged({ pick: { place: 4 } })[0]).toBe('/steps/pick/facts/pick/label')
  expect(forged({ pick: { place: 1 } })[0]).toBe('/steps/pick/facts/pick/label')
  expect(forged({ pickedAt: 106 })[0]).toBe('/steps/pick/at')
  expect(forged({ pickedAt: 105 }, 'first-drawn')[0]).toBe('/steps/pick/at')
  expect(forged({ pick: { reason: '没有' } }, 'first-drawn')[0]).toBe('/steps/pick/facts/pick/reason')
  expect(forged({ pick: { draw: '00000000-0000-4000-8000-000000000000' } })[0]).toBe('/steps/pick/facts/pick/draw')
})
