import { bls12_381 } from '@noble/curves/bls12-381.js'
import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { isRoundSigned as byTheHouse } from '#app/domain/draw/drand-proof.ts'
import type { DrawSource } from '#app/domain/draw/draw.ts'
import { timeOfRound } from '#app/domain/draw/drand.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { expectFlipsNamed } from '#tests/support/flipped.ts'
import { sharedData } from '#tests/support/shared-data.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { isBlsSigned } from '../../bin/verify/bls.ts'
import { isRoundSigned } from '../../bin/verify/drand.ts'
import { drandEn } from '../../bin/verify/drand-sentences.ts'
import { findingsIn, runThrough } from '../../bin/verify/findings.ts'
import { lotteryEn } from '../../bin/verify/lottery-sentences.ts'
import { QUICKNET } from '../../bin/verify/quicknet.ts'
import { orderByRfc3797, rfc3797Key } from '../../bin/verify/rfc3797.ts'
import { en } from '../../bin/verify/sentences.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'
import { verify } from '../../bin/verify/verify.ts'

/** The pairings are slow and always the same: each round is checked once, and what surrounds it every time. */
vi.mock('../../bin/verify/drand.ts', async (original) => {
  const real = await original<typeof import('../../bin/verify/drand.ts')>()
  const known = new Map<string, boolean>()
  const isRoundSigned = (round: number, signature: string) => {
    const name = `${round} ${signature}`
    const answer = known.get(name) ?? real.isRoundSigned(round, signature)
    known.set(name, answer)
    return answer
  }
  return { isRoundSigned }
})

const OUTSIDE = ['drand', 'lottery'] as const satisfies DrawSource[]
const ALGORITHMS = ['mingdan-draw/v1', 'rfc3797'] as const
const firstField = (given: Parameters<typeof drawnBundle>[0]) => verifyBundle(JSON.stringify(drawnBundle(given))).faults[0]?.field

test.each(OUTSIDE.flatMap((source) => ALGORITHMS.map((rules) => [source, rules] as const)))('a draw by %s under %s verifies, in both languages', (source, rules) => {
  for (const bids of [1, 7, 20]) {
    const text = JSON.stringify(drawnBundle({ source, rules, bids }))
    const [english, chinese] = [verifyBundle(text), verifyAtOnce({ bundle: text }, { keys: [] }, zh)]
    expect([english.faults, chinese.faults]).toEqual([[], []])
    expect(english.passed.map(({ sentence }) => sentence)).toContain(source === 'drand' ? drandEn.signed : lotteryEn.lottery)
    for (const { sentence } of chinese.passed) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
  }
})

test.each(OUTSIDE.flatMap((source) => ALGORITHMS.map((rules) => [source, rules] as const)))('one flipped bit in any value of a draw by %s under %s is refused, and the field that is named holds it', (source, rules) => {
  const bundle = drawnBundle({ source, rules, bids: 4, around: 2 })
  expectFlipsNamed(bundle, (changed) => verifyBundle(JSON.stringify(changed)).faults, { least: 120 })
})

/** Whole bundles of a dishonest house: every hash and proof in them holds, and the value is another one than was announced. */
test.each<[string, DrawSource, NonNullable<Parameters<typeof drawnBundle>[0]>['change'], string]>([
  ['a later round', 'drand', { beacon: { round: 1001, at: timeOfRound(1001).toISOString() } }, '/steps/draw/facts/draw/beacon/round'],
  ['the round of another time', 'drand', { beacon: { at: timeOfRound(1001).toISOString() } }, '/steps/draw/facts/draw/beacon/at'],
  ['a chain of its own', 'drand', { beacon: { chain: '00'.repeat(32) } }, '/steps/draw/facts/draw/beacon/chain'],
  ['another round announced', 'drand', { terms: { round: 999 } }, '/publication/facts/draw/round'],
  ['a value that is not the hash', 'drand', { beacon: { value: '00'.repeat(32) } }, '/steps/draw/facts/draw/beacon/value'],
  ['no instant of the checkpoint', 'drand', { evidence: { covered: undefined } }, '/steps/draw/facts/draw/covered'],
  ['a checkpoint before the freeze', 'drand', { evidence: { covered: '2020-01-01T00:00:00.000Z' } }, '/steps/draw/facts/draw/covered'],
  ['a checkpoint that came too late for its round', 'drand', { evidence: { covered: timeOfRound(1000).toISOString() } }, '/steps/draw/facts/draw/beacon/round'],
  ['an earlier draw of the lottery', 'lottery', { beacon: { day: '2026-11-19' } }, '/steps/draw/facts/draw/beacon/day'],
  ['a day without a draw', 'lottery', { beacon: { day: '2026-11-23' } }, '/steps/draw/facts/draw/beacon/day'],
  ['a draw that is still to come', 'lottery', { beacon: { day: '2026-11-26' } }, '/steps/draw/facts/draw/beacon/day'],
  ['another lottery', 'lottery', { beacon: { game: 'dlt', issue: '26123' } }, '/steps/draw/facts/draw/beacon/game'],
  ['an issue of another year', 'lottery', { beacon: { issue: '2025123' } }, '/steps/draw/facts/draw/beacon/issue'],
  ['numbers that were not drawn', 'lottery', { beacon: { numbers: [[1, 5, 9, 18, 26, 34], [7]] } }, '/steps/draw/facts/draw/beacon/numbers/0/5'],
  ['numbers in another order', 'lottery', { beacon: { numbers: [[5, 1, 9, 18, 26, 33], [7]] } }, '/steps/draw/facts/draw/beacon/numbers/0/1'],
  ['other numbers', 'lottery', { beacon: { numbers: [[2, 5, 9, 18, 26, 33], [7]] } }, '/steps/draw/facts/draw/beacon/value'],
  ['no officers', 'lottery', { evidence: { accepted: undefined } }, '/steps/draw/facts/draw/accepted'],
  ['a source that was not announced', 'local', { terms: { source: 'drand', chain: QUICKNET.chain, round: 1 } }, '/steps/draw/facts/draw/beacon/source'],
  ['officers for the log’s own value', 'local', { evidence: { accepted: '00000000-0000-4000-8000-00000000000a' } }, '/steps/draw/facts/draw/accepted'],
])('%s is refused although everything around it holds', (_, source, change, field) => {
  const { faults } = verifyBundle(JSON.stringify(drawnBundle({ source, change })))
  expect(faults.map((fault) => fault.field)).toContain(field)
})

test('a false signature is refused by its field, even where hash, round and time fit', () => {
  const { beacon } = drawnBundle({ source: 'drand' })
  if (beacon.source !== 'drand') throw new Error('Not a round.')
  // A point of the curve that is nobody's signature of this round: that of the next one.
  const next = 'b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41'
  const value = 'b0a591ad1b9002cfc372ac6e30abd3da8d3088d4caae026961743474fb94235f'
  expect(firstField({ source: 'drand', change: { beacon: { signature: next, value } } })).toBe('/steps/draw/facts/draw/beacon/signature')
})

test('a round that moved on by a late checkpoint is shown with the claim that it rests on', () => {
  // The next real round: announced was the one before, and the checkpoint is said to have come at its very time.
  const change = { evidence: { covered: timeOfRound(1000).toISOString() }, beacon: { round: 1001, at: timeOfRound(1001).toISOString(), signature: 'b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41', value: 'b0a591ad1b9002cfc372ac6e30abd3da8d3088d4caae026961743474fb94235f' } }
  const { faults, passed } = verifyBundle(JSON.stringify(drawnBundle({ source: 'drand', change })))
  expect(faults).toEqual([])
  expect(passed.find(({ sentence }) => sentence === drandEn.round)!.value).toContain('Not the published round 1000')
})

test('a lottery that paused is shown with the entry in which two officers said so', () => {
  const { faults, passed } = verifyBundle(JSON.stringify(drawnBundle({ source: 'lottery', change: { beacon: { day: '2026-11-24' } } })))
  expect(faults).toEqual([])
  const { value } = passed.find(({ sentence }) => sentence === lotteryEn.lottery)!
  expect(value).toContain(lotteryEn.compare)
  expect(value).toContain('No draw on 2026-11-22, as two officers stated in the entry 00000000-0000-4000-8000-00000000000a')
})

test('without the arithmetic of drand a round is not called good', () => {
  const text = JSON.stringify(drawnBundle({ source: 'drand' }))
  expect(runThrough(verify({ bundle: text }, { keys: [] }, en, {})).faults).toMatchObject([{ field: '/steps/draw/facts/draw/beacon/source', wrong: en.draw.notLoaded }])
  expect(runThrough(verify({ bundle: JSON.stringify(drawnBundle({ rules: 'rfc3797', source: 'lottery' })) }, { keys: [] }, en, {})).faults.map(({ field }) => field)).toContain('/publication/facts/draw/rules')
  expect(findingsIn(en).outside).toEqual({})
})

test.skipIf(!sharedData('drand/vectors.json'))('the verifier knows quicknet by itself and agrees with drand’s rounds', () => {
  const { quicknet } = sharedData<{ quicknet: { info: { hash: string; public_key: string; genesis_time: number; period: number }; rounds: { round: number; signature: string }[] } }>('drand/vectors.json')!
  const { hash, public_key, genesis_time: genesis, period } = quicknet.info
  const { x, y } = bls12_381.G2.Point.fromHex(public_key).toAffine()
  const publicKey = { x: [x.c0, x.c1].map((part) => part.toString(16)), y: [y.c0, y.c1].map((part) => part.toString(16)) }
  expect(QUICKNET).toEqual({ chain: hash, publicKey, genesis: genesis * 1000, period: period * 1000 })
  for (const { round, signature } of quicknet.rounds) {
    expect([isRoundSigned(round, signature), byTheHouse(round, signature)]).toEqual([true, true])
    expect([isRoundSigned(round + 1, signature), byTheHouse(round + 1, signature)]).toEqual([false, false])
  }
})

type Rfc = { vectors: { sources: string[][]; key: string; pool: string[]; steps?: { md5: string; selected: number }[] }[] }

test.skipIf(!sharedData('rfc3797/vectors.json'))('the verifier’s RFC 3797 gives the RFC’s worked example', () => {
  const [{ sources, key, pool, steps }] = sharedData<Rfc>('rfc3797/vectors.json')!.vectors as [Rfc['vectors'][number]]
  expect(rfc3797Key(sources.map((source) => source.map(Number)))).toBe(key)
  const sorted = [...pool].sort()
  expect(orderByRfc3797(key, pool).slice(0, steps!.length).map(({ label, position }) => [label, position.toUpperCase()])).toEqual(steps!.map(({ md5, selected }) => [sorted[selected - 1], md5]))
})

test('the curve that the page puts together signs as the library’s own does, and takes nothing else', () => {
  const bls = bls12_381.shortSignatures
  const hashed = (message: Uint8Array) => bls.hash(message, 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_')
  for (let number = 1; number <= 8; number++) {
    const secret = createHash('sha256').update(`secret ${number}`).digest().map((byte, place) => (place ? byte : byte & 0x3f))
    const message = createHash('sha256').update(`message ${number}`).digest()
    const { x, y } = bls.getPublicKey(secret).toAffine()
    const key = { x: [x.c0.toString(16), x.c1.toString(16)], y: [y.c0.toString(16), y.c1.toString(16)] } as const
    const point = bls.sign(hashed(message), secret)
    const signature = bls.Signature.toBytes(point)
    expect(isBlsSigned(message, signature, key), String(number)).toBe(true)
    expect(isBlsSigned(createHash('sha256').update(message).digest(), signature, key)).toBe(false)
    expect(isBlsSigned(message, bls.Signature.toBytes(point.negate()), key)).toBe(false)
    expect(isBlsSigned(message, bls.Signature.toBytes(point.add(bls12_381.G1.Point.BASE)), key)).toBe(false)
  }
  const round = sharedRound()
  const bytes = Buffer.from(round, 'hex')
  // No flags, the flag of infinity, a point off the curve, and one of the curve outside the group.
  for (const [place, value] of [[0, bytes[0]! & 0x7f], [0, bytes[0]! | 0x40], [47, bytes[47]! ^ 1]] as const) expect(isRoundSigned(1000, Buffer.from(bytes.map((byte, at) => (at === place ? value : byte))).toString('hex'))).toBe(false)
  for (const wrong of [`c0${'00'.repeat(47)}`, `80${'00'.repeat(47)}`, `a0${'00'.repeat(47)}`, '', round.slice(2), `${round}00`]) expect(isRoundSigned(1000, wrong), wrong).toBe(false)
})

function sharedRound(): string {
  const { beacon } = drawnBundle({ source: 'drand' })
  return beacon.source === 'drand' ? beacon.signature : ''
}
