import { expect, test } from 'vitest'
import type { Quote } from '#app/domain/bids/offer.ts'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { failedBundle, pricedBundle } from '#tests/support/priced.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

const money = (fen: number): Quote => ({ kind: 'money', fen })
const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)

test('that too few prices are valid is opened and ruled again, and said in both languages', async () => {
  const text = JSON.stringify(await failedBundle())
  const { passed, faults } = verifyBundle(text)
  expect(faults).toEqual([])
  expect(passed.map(({ sentence }) => sentence).at(-1)).toMatch(/^Fewer than 3 prices are valid/)
  expect(passed.map(({ value }) => value)).toContain('1 of 3 valid')
  expect(verifyAtOnce({ bundle: text }, { keys: [] }, zh).passed.at(-1)!.sentence).toContain('少于公告要求的 3 份')
})

test('one flipped bit in any value of a failure is refused, and the field that is named holds it', async () => {
  const bundle = await failedBundle()
  expectFlipsNamed(bundle, faultsOf, { least: 200 })
})

test('a platform that lets a tender fail which had enough valid prices is refused, however well it signs', async () => {
  const enough = [money(40_123_45), money(41_000_00), money(42_000_00)]
  expect(fieldsOf(await failedBundle({ sent: enough }))).toEqual(['/steps/opening/facts/opening/valid'])
  expect(fieldsOf(await failedBundle({ sent: enough, least: 4 }))).toContain('/steps/opening/facts/minimumBidders')
  expect(fieldsOf(await failedBundle({ sent: enough, forged: { opened: ([first, ...rest]) => [{ ...first!, outcome: 'invalid', reason: 'over-ceiling' }, ...rest] } }))[0]).toBe('/steps/opened/0/reason')
  expect(fieldsOf(await failedBundle({ forged: { opened: (opened) => opened.slice(1) } }))[0]).toBe('/steps/opened')
})

test('a failure does not pass as a result, nor a result as a failure', async () => {
  const [failed, decided] = [await failedBundle(), await pricedBundle()]
  expect(fieldsOf({ ...failed, winner: '912201000000000000' })).toEqual(['/winner'])
  expect(fieldsOf({ ...failed, steps: { ...failed.steps, order: [] } })).toContain('/steps/result')
  const { result: _result, order: _order, ...steps } = decided.steps
  expect(fieldsOf({ ...decided, steps })).toContain('/steps/opening/kind')
})
