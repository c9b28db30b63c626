import { expect, test } from 'vitest'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { failedMerit, meritBundle, type MeritForgery } from '#tests/support/judged.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { meritEn } from '../../bin/verify/merit-sentences.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)

test.each(['sealed', 'opened'] as const)('that too few bids with %s plans are valid is opened and ruled again, with all judges seated before, and said in both languages', async (plans) => {
  const failed = await failedMerit({ plans })
  expect(failed.steps.opened.map(({ reason }) => reason)).toEqual([null, 'over-ceiling', 'no-plan'])
  const { passed, faults } = verifyBundle(JSON.stringify(failed))
  expect(faults).toEqual([])
  expect(passed.map(({ value }) => value)).toContain('1 of 3 valid')
  const sentences = passed.map(({ sentence }) => sentence)
  expect(sentences.slice(-2)).toEqual([meritEn.weighed, meritEn.declared(3)])
  expect(sentences.join('\n')).toContain('Fewer than 2 prices are valid')
  const inChinese = verifyAtOnce({ bundle: JSON.stringify(failed) }, { keys: [] }, zh).passed
  expect(inChinese.map(({ sentence }) => sentence).join('\n')).toContain('少于公告要求的 2 份')
  expect(inChinese.length).toBe(passed.length)
})

test('one flipped bit in any value of a failure by merit is refused, and the field that is named holds it', async () => {
  expectFlipsNamed(await failedMerit({ plans: 'opened' }), faultsOf, { least: 250 })
})

test('a platform that lets a selection by merit fail which had enough valid bids, or opened it before its judges had declared, is refused, however well it signs', async () => {
  const enough = { fens: [30_000_00, 40_000_00, 45_000_00], texts: [] }
  expect(fieldsOf(await failedMerit(enough))).toEqual(['/steps/opening/facts/opening/valid'])
  expect(fieldsOf(await failedMerit({ ...enough, least: 4 }))).toContain('/steps/opening/facts/minimumBidders')
  expect(fieldsOf(await failedMerit({ forged: { opened: ([first, ...rest]) => [{ ...first!, outcome: 'invalid', reason: 'over-ceiling' }, ...rest] } }))[0]).toBe('/steps/opened/0/reason')
  // Where plans are public anybody sees that one is there; elsewhere its bidder can show it.
  const accused: MeritForgery = { opened: ([first, ...rest]) => [{ ...first!, outcome: 'invalid', reason: 'no-plan' }, ...rest] }
  expect(fieldsOf(await failedMerit({ fens: enough.fens.slice(0, 2), texts: [], plans: 'opened', forged: accused }))[0]).toBe('/steps/opened/0/reason')
  expect(fieldsOf(await failedMerit({ forged: { seated: (steps) => steps.slice(0, -1) } }))).toEqual(['/steps/seated'])
  expect(fieldsOf(await failedMerit({ forged: { seated: (steps) => [...steps, ['sheet.committed', { seat: 1, sheet: '0'.repeat(64) }]] } }))[0]).toBe('/steps/seated/8')
})

test('a failure by merit does not pass as a result, nor a result as a failure', async () => {
  const [failed, decided] = [await failedMerit(), await meritBundle()]
  expect(fieldsOf({ ...failed, winner: '912201000000000000' })).toEqual(['/winner'])
  expect(fieldsOf({ ...failed, steps: { ...failed.steps, order: [] } })).toContain('/steps/result')
  expect(fieldsOf({ ...failed, steps: { ...failed.steps, judged: [] } })).toEqual(['/steps/judged'])
  const { result: _result, order: _order, ...steps } = decided.steps
  expect(fieldsOf({ ...decided, steps })).toEqual(expect.arrayContaining(['/steps/opening/kind', '/steps/sheets', '/steps/reveal']))
})
