import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Quote } from '#app/domain/bids/offer.ts'
import type { PriceBundle } from '#app/domain/draw/bundle.ts'
import { entryBody, entryLeafHash } from '#app/domain/ledger/entry.ts'
import { logOrigin } from '#app/domain/ledger/keyring.ts'
import { inclusionProof, nodesOf, rootOf } from '#app/domain/ledger/merkle.ts'
import { checkpointText, signNote, writeNote } from '#app/domain/ledger/note.ts'
import { changed, expectFlipsNamed } from '#tests/support/flipped.ts'
import { testKeyring } from '#tests/support/keyring.ts'
import { bidNo, labelNo, pricedBundle, type Forgery, type Sent } from '#tests/support/priced.ts'
import { STORY_TENDER } from '#tests/support/story-log.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'

const money = (fen: number): Quote => ({ kind: 'money', fen })
const discount = (basisPoints: number): Quote => ({ kind: 'discount', basisPoints })
const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)

test.each(['lowest-price', 'average-price'] as const)('a selection by %s is opened, ruled and ranked again, and each check says in words what it found', async (method) => {
  const text = JSON.stringify(await pricedBundle({ method }))
  const { passed, faults } = verifyBundle(text)
  expect(faults).toEqual([])
  expect(passed.map(({ sentence }) => sentence).slice(-7)).toMatchObject([
    'All 5 eligible bids were opened, and no other.',
    expect.stringMatching(/^Every opened bid is the sealed one/),
    expect.stringMatching(/^With the published keys every bid opens again/),
    'Exactly the abnormally low prices are marked as such.',
    expect.stringMatching(/^The opening counted right/),
    expect.stringMatching(/^The decision waited/),
    expect.stringMatching(/^Ranking again/),
  ])
  expect(passed.at(-1)!.value).toContain('¥12000.00')
  const inChinese = verifyAtOnce({ bundle: text }, { keys: [] }, zh)
  expect(inChinese.passed.length).toBe(passed.length)
  for (const { sentence } of inChinese.passed) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
})

test('one flipped bit in any value is refused, and the field that is named holds it', async () => {
  const bundle = await pricedBundle({ sent: [money(40_123_45), money(30_777_11), money(12_000_00), money(30_777_11), money(50_000_01), { raw: 'no JSON' }] })
  expect(faultsOf(bundle)).toEqual([])
  expectFlipsNamed(bundle, faultsOf, { least: 320 })
})

test.each(['/method', '/winner', '/secret', '/steps/order/1/value', '/steps/order/1/bid', '/steps/opened/2/keys/offer', '/ledger/steps/opening/index', '/ledger/steps/result/leafHash'])('a change in %s is named exactly', async (pointer) => {
  const bundle = await pricedBundle()
  const way = pointer.slice(1).split('/')
  const value = way.reduce<unknown>((place, step) => (place as Record<string, unknown>)[step], bundle)
  const other = pointer === '/method' ? 'average-price' : typeof value === 'number' ? value + 1 : `${(value as string).slice(0, -1)}${(value as string).endsWith('1') ? '2' : '1'}`
  expect(fieldsOf(changed(bundle, way, other))[0]).toBe(pointer)
})

test('an opened bid that was left out, put twice, emptied of its key or given a mark is refused', async () => {
  const bundle = await pricedBundle()
  const { opened } = bundle.steps
  const withOpened = (changedBids: PriceBundle['steps']['opened']) => fieldsOf({ ...bundle, steps: { ...bundle.steps, opened: changedBids } })
  expect(withOpened(opened.slice(1))).toEqual(['/steps/opened'])
  expect(withOpened([...opened.slice(1), opened[1]!])).toEqual(['/steps/opened'])
  expect(withOpened([...opened].reverse())).toEqual(['/steps/opened'])
  expect(withOpened(opened.map((each, place) => (place ? each : { ...each, keys: {} })))[0]).toBe('/steps/opened/0/reason')
  expect(withOpened(opened.map((each, place) => (place ? each : { ...each, low: ['of-mean'] })))[0]).toBe('/steps/opened/0/low')
  expect(withOpened(opened.map((each, place) => (place ? each : { ...each, envelope: opened[1]!.envelope })))[0]).toBe('/steps/opened/0/envelope')
})

test('what a platform that cheats signs itself is refused all the same', async () => {
  const forged = async (forgery: Forgery) => fieldsOf(await pricedBundle({ forged: forgery }))[0]
  expect(await forged({ order: ([first, second, ...rest]) => [{ ...second!, place: 1 }, { ...first!, place: 2 }, ...rest] })).toBe('/steps/order/0/label')
  expect(await forged({ order: (order) => order.slice(0, -1) })).toBe('/steps/order')
  expect(await forged({ opened: (opened) => opened.slice(1), opening: { valid: 3 } })).toBe('/steps/opened')
  expect(await forged({ opened: ([first, ...rest]) => [{ ...first!, outcome: 'invalid', reason: 'over-ceiling' }, ...rest] })).toBe('/steps/opened/0/reason')
  expect(await forged({ opened: ([first, ...rest]) => [{ ...first!, outcome: 'invalid' }, ...rest] })).toBe('/steps/opened/0/outcome')
  expect(await forged({ opened: (opened) => opened.map((each) => ({ ...each, outcome: 'valid', reason: null })) })).toBe('/steps/opened/4/reason')
  expect(await forged({ opened: (opened) => opened.map((each) => ({ ...each, lowMarks: [] })) })).toBe('/steps/opened/2/low')
  expect(await forged({ opening: { low: 0 } })).toBe('/steps/opening/facts/opening/low')
  expect(await forged({ opening: { invalid: 0 } })).toBe('/steps/opening/facts/opening/invalid')
  // Before the explanation's half hour was over, and long after it: where nothing counts in days there is one instant.
  expect(await forged({ opening: { decidesAfter: '2026-11-20T03:01:00.000Z' } })).toBe('/steps/opening/facts/opening/decidesAfter')
  expect(await forged({ opening: { decidesAfter: '2026-11-20T03:02:00.001Z' } })).toBe('/steps/opening/facts/opening/decidesAfter')
  expect(await forged({ sealing: ([holder]) => [{ ...holder!, id: 'somebody' }] })).toBe('/steps/opened/0/envelope/parts/0/keys')
})

/** What a stranger's program may seal, with the reason that it must get. The honest offer of bid 0 is the pattern. */
const offer = { bid: bidNo(0), contribution: '', quote: { fen: 5, kind: 'money' }, salt: '0'.repeat(32), tender: STORY_TENDER, uscc: labelNo(0) }
const TEXT = JSON.stringify(offer)
const STRANGE: [reason: string | null, sent: Sent][] = [
  [null, { raw: TEXT }],
  ['other-commitment', { raw: TEXT, commitment: '0'.repeat(64) }],
  ['not-decrypted', { raw: TEXT, damage: true }],
  ['not-canonical', { raw: `${TEXT} ` }],
  ['not-canonical', { raw: `\ufeff${TEXT}` }],
  ['not-canonical', { raw: Buffer.from([0xff, 0xfe]) }],
  ['not-canonical', { raw: '' }],
  ['not-canonical', { raw: TEXT.replace('"fen":5', '"fen":5.0') }],
  ['not-canonical', { raw: TEXT.replace('"fen":5', '"fen":6,"fen":5') }],
  ['not-canonical', { raw: TEXT.replace('"contribution":""', '"contribution":"\\ud800"') }],
  ['not-canonical', { raw: TEXT.replace('"contribution"', '"\\udc00":1,"contribution"') }],
  ['no-offer', { raw: 'null' }],
  ['no-offer', { raw: '[]' }],
  ['no-offer', { raw: `${'['.repeat(1_500)}${']'.repeat(1_500)}` }],
  ['no-offer', { raw: TEXT.replace('{', '{"__proto__":1,') }],
  ['no-offer', { raw: TEXT.replace('"fen":5', '"fen":1.5') }],
  ['no-offer', { raw: TEXT.replace('"fen":5', '"fen":0') }],
  ['no-offer', { raw: TEXT.replace('"fen":5', '"fen":9007199254740992') }],
  ['no-offer', { raw: TEXT.replace('"fen":5', '"basisPoints":5') }],
  ['no-offer', { raw: TEXT.replace('"salt":"0', '"salt":"g') }],
  ['no-offer', { raw: TEXT.replace('"contribution":""', `"contribution":"${'字'.repeat(257)}"`) }],
  [null, { raw: TEXT.replace('"contribution":""', `"contribution":"${'字'.repeat(256)}"`) }],
  ['other-bid', { raw: TEXT.replace(STORY_TENDER, 'MD-220100-2026-000002') }],
  ['other-bid', { raw: TEXT.replace(bidNo(0), bidNo(1)) }],
  ['other-bid', { raw: TEXT.replace(labelNo(0), labelNo(1)) }],
  ['other-kind', { raw: TEXT.replace('{"fen":5,"kind":"money"}', '{"basisPoints":5,"kind":"discount"}') }],
  ['over-ceiling', { raw: TEXT.replace('"fen":5', '"fen":5000001') }],
]

test.each(STRANGE)('platform and verifier rule alike: %s for %j', async (reason, sent) => {
  const bundle = await pricedBundle({ sent: [sent, money(40_000_00), money(41_000_00), money(42_000_00)] })
  expect(bundle.steps.opened[0]).toMatchObject({ reason, outcome: reason === null ? 'valid' : 'invalid' })
  expect(faultsOf(bundle)).toEqual([])
})

test('a key that nobody recovered is believed, since only its bidder could show it, and the bid counts for nothing', async () => {
  const forged: Forgery = { opened: (opened) => opened.map((each, place) => (place === 4 ? { ...each, keys: {}, reason: 'key-not-recovered' } : each)) }
  expect(faultsOf(await pricedBundle({ forged }))).toEqual([])
  const said = (reason: 'share-wrong' | 'over-ceiling'): Forgery => ({ opened: (opened) => opened.map((each, place) => (place === 4 ? { ...each, keys: {}, reason } : each)) })
  for (const reason of ['share-wrong', 'over-ceiling'] as const) expect(fieldsOf(await pricedBundle({ forged: said(reason) }))[0]).toBe('/steps/opened/4/reason')
})

test('any prices, in money or as discounts, rank for the verifier as they rank for the platform', async () => {
  const method = fc.constantFrom('lowest-price' as const, 'average-price' as const)
  const fens = fc.array(fc.oneof(fc.integer({ min: 1, max: 5_000_000 }), fc.constantFrom(1, 2, 3, 2_500_000, 5_000_000)), { minLength: 3, maxLength: 9 })
  await fc.assert(fc.asyncProperty(method, fens, async (by, prices) => {
    expect(faultsOf(await pricedBundle({ method: by, sent: prices.map(money) }))).toEqual([])
  }), { numRuns: 40 })
  await fc.assert(fc.asyncProperty(method, fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 4, maxLength: 9 }), async (by, shares) => {
    const bundle = await pricedBundle({ method: by, quote: { kind: 'discount', least: 0, most: 9_000 }, sent: [discount(1), discount(2), discount(2), ...shares.map(discount)] })
    expect(faultsOf(bundle)).toEqual([])
  }), { numRuns: 40 })
})

test('an award by price must name what the price at its place comes to', async () => {
  const keyring = testKeyring()
  const awarded = (bundle: PriceBundle, place: number, amountFen: number) => {
    const at = bundle.steps.result.at
    const body = entryBody({ id: randomUUID(), kind: 'award.made', subject: bundle.tender, division: '220100', facts: { winner: bundle.steps.order[place - 1]!.label, place, amountFen, passedOver: 0 }, at, recordedAt: at })
    const log = Array.from({ length: 50 }, (_, n) => (n === 40 ? body : `entry ${n}`)).map(entryLeafHash)
    const text = checkpointText({ origin: logOrigin(keyring), size: log.length, root: rootOf(log) })
    const checkpoint = writeNote({ text, signatures: keyring.keys.filter(({ purpose }) => purpose === 'checkpoint').map((key) => signNote(text, logOrigin(keyring), key)) })
    const proof = inclusionProof(40, log.length, nodesOf(log)).map((hash) => hash.toString('hex'))
    const file = { format: 'mingdan-proof/v1', suite: 'intl-1', entry: JSON.parse(body) as object, ledger: { index: 40, leafHash: log[40]!.toString('hex'), proof, checkpoint, keys: bundle.ledger!.keys } }
    return verifyAtOnce({ bundle: JSON.stringify(bundle), award: JSON.stringify(file) }).faults.map(({ field }) => field)
  }
  const priced = await pricedBundle({ keyring })
  expect(awarded(priced, 1, 12_000_00)).toEqual([])
  expect(awarded(priced, 2, 12_000_00)).toEqual(['award/entry/facts/amountFen'])
  // 12.35 % off 50,000.00 yuan, in whole fen.
  const off = await pricedBundle({ keyring, quote: { kind: 'discount', least: 0, most: 9_000 }, sent: [discount(1235), discount(1000), discount(1001)] })
  expect(awarded(off, 1, 43_825_00)).toEqual([])
  expect(awarded(off, 1, 43_825_01)).toEqual(['award/entry/facts/amountFen'])
})
