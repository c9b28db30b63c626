import { expect, test } from 'vitest'
import { isSignedStatement } from '#app/domain/draw/witness.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { signatureOf, witnessKey, type WitnessStory } from '#tests/support/witnessed.ts'
import { runThrough } from '../../bin/verify/findings.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { en } from '../../bin/verify/sentences.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'
import { verify } from '../../bin/verify/verify.ts'

const THREE: WitnessStory[] = [{ seed: 1, how: 'enrolled' }, { seed: 2, how: 'key', uscc: '91220101MA0000001X' }, { seed: 3, how: 'account' }]
const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)

test('three witnesses signed the result: whose key was on record before, whose was not, and who had none', () => {
  const text = JSON.stringify(drawnBundle({ witnesses: THREE }))
  const { passed, faults } = verifyBundle(text)
  expect(faults).toEqual([])
  expect(passed.at(-1)!.sentence).toBe('3 lay witnesses signed this result, and no other.')
  expect(passed.at(-1)!.value!.split('\n')).toEqual([
    expect.stringMatching(/^1\. a citizen by the key [0-9a-f]{64}, on record before the result$/),
    expect.stringMatching(/^2\. 91220101MA0000001X by the key [0-9a-f]{64}$/),
    '3. a citizen by the platform’s word: signed in, without a key',
  ])
  const inChinese = verifyAtOnce({ bundle: text }, { keys: [] }, zh)
  expect(inChinese.passed.at(-1)!.sentence).toBe('3 位见证人签的就是这个结果，不是别的。')
  for (const { sentence } of inChinese.passed) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
})

test('one flipped bit in any value of a witnessed bundle is refused, and the field that is named holds it', () => {
  const bundle = drawnBundle({ bids: 3, around: 2, witnesses: THREE })
  expectFlipsNamed(bundle, faultsOf, { least: 60, among: (way) => way.includes('witnesses') })
})

const OTHER = '0'.repeat(64)
const FORGED: [field: string, story: WitnessStory][] = [
  ['/witnesses/0/signed/facts/witness/statement/result', { seed: 1, how: 'key', statement: { result: OTHER } }],
  ['/witnesses/0/signed/facts/witness/statement/poolRoot', { seed: 1, how: 'key', statement: { poolRoot: OTHER } }],
  ['/witnesses/0/signed/facts/witness/statement/winner', { seed: 1, how: 'account', statement: { winner: null } }],
  ['/witnesses/0/signed/facts/witness/statement/tender', { seed: 1, how: 'key', statement: { tender: 'MD-220100-2026-000002' } }],
  ['/witnesses/0/signed/facts/witness/key/signature', { seed: 1, how: 'key', signed: { winner: null } }],
  ['/witnesses/0/signed/facts/witness/place', { seed: 1, how: 'key', facts: { place: 2 } }],
  ['/witnesses/0/signed/facts/witness/uscc', { seed: 1, how: 'key', facts: { uscc: 'somebody' } }],
  ['/witnesses/0/signed/facts/witness/kind', { seed: 1, how: 'key', facts: { kind: 'regulator' } }],
  ['/witnesses/0/signed/facts/witness/enrolled', { seed: 1, how: 'key', facts: { enrolled: '00000000-0000-4000-8000-000000000009' } }],
  ['/witnesses/0/signed/facts/witness/enrolled', { seed: 1, how: 'enrolled', facts: { enrolled: null } }],
  ['/witnesses/0/enrolled/facts/enrolment/publicKey', { seed: 1, how: 'enrolled', enrolment: { publicKey: witnessKey(9).publicKey } }],
  ['/witnesses/0/enrolled/facts/enrolment/publicKey', { seed: 1, how: 'enrolled', enrolment: { publicKey: null } }],
  ['/ledger/witnesses/0/enrolled/index', { seed: 1, how: 'enrolled', late: true }],
]

test.each(FORGED)('a platform that signs itself what no witness signed is refused at %s', (field, story) => {
  expect(fieldsOf(drawnBundle({ witnesses: [story] }))[0]).toBe(field)
})

test('one key twice, a fourth witness, a missing proof and a list of nobody are refused', () => {
  expect(fieldsOf(drawnBundle({ witnesses: [{ seed: 1, how: 'key' }, { seed: 1, how: 'key' }] }))[0]).toBe('/witnesses/0/signed/facts/witness/key/publicKey')
  expect(fieldsOf(drawnBundle({ witnesses: [1, 2, 3, 4].map((seed) => ({ seed, how: 'key' })) }))[0]).toBe('/witnesses')
  const bundle = drawnBundle({ witnesses: THREE })
  const ledger = bundle.ledger!
  expect(fieldsOf({ ...bundle, ledger: { ...ledger, witnesses: ledger.witnesses!.slice(1) } })[0]).toBe('/ledger/witnesses')
  expect(fieldsOf({ ...bundle, witnesses: undefined })[0]).toBe('/witnesses')
  expect(fieldsOf({ ...bundle, witnesses: [] })[0]).toBe('/witnesses')
  expect(fieldsOf({ ...bundle, ledger: { ...ledger, witnesses: undefined } })[0]).toBe('/ledger/witnesses')
  // A witness that is left out with its proof is not missed by a file; the log's entries of the tender show it.
  expect(fieldsOf({ ...bundle, witnesses: bundle.witnesses!.slice(0, 2), ledger: { ...ledger, witnesses: ledger.witnesses!.slice(0, 2) } })).toEqual([])
})

test('without the part of the program that checks witnesses nothing is called right', () => {
  const { faults } = runThrough(verify({ bundle: JSON.stringify(drawnBundle({ witnesses: THREE })) }, { keys: [] }, en, {}))
  expect(faults[0]!.field).toBe('/witnesses')
})

test('a key or signature over which programs differ is taken by nobody', () => {
  const statement = { tender: 'MD-220100-2026-000001', poolRoot: OTHER, result: OTHER, winner: null }
  const { publicKey } = witnessKey(1)
  const signature = signatureOf(1, statement)
  expect(isSignedStatement(statement, { publicKey, signature })).toBe(true)
  expect(isSignedStatement({ ...statement, winner: 'x' }, { publicKey, signature })).toBe(false)
  // The neutral point as a key: with R the same and S zero some programs take it for the signature of everything.
  const neutral = Buffer.alloc(32)
  neutral[0] = 1
  expect(isSignedStatement(statement, { publicKey: neutral.toString('base64'), signature: Buffer.concat([neutral, Buffer.alloc(32)]).toString('base64') })).toBe(false)
  expect(isSignedStatement(statement, { publicKey, signature: '' })).toBe(false)
  expect(isSignedStatement(statement, { publicKey: '', signature })).toBe(false)
})
