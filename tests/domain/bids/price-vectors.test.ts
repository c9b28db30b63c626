import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { amountOf } from '#app/domain/bids/offer.ts'
import { openBid, pricedOf } from '#app/domain/bids/opened.ts'
import { byAverage, byLowest, lowMarks, ranked, type LowMark, type LowQuoteRule, type Ranked } from '#app/domain/bids/ranking.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { commitmentOf, drawKey, drawSecret, leafHashesOf, poolRoot, positionOf, type Beacon, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { platformHolder, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import type { SealedProcedure } from '#app/domain/tenders/procedure.ts'
import type { OpenedBid, PriceTerms } from '../../../bin/verify/bundle.ts'
import { runThrough } from '../../../bin/verify/findings.ts'
import { hashOf, rulingOn } from '../../../bin/verify/sealed.ts'

type Vectors = {
  seed: string; tender: string; rules: string; secret: string; sealing: { privateKey: string; holder: { id: string; publicKey: string } }; ceilingFen: number; quote: { kind: 'money' }; lowQuote: LowQuoteRule
  bids: { bid: string; uscc: string; contentKey: string; exchange: string; plaintext: string; envelope: string; bidHash: string; reason: string | null }[]
  low: Record<string, LowMark[]>; leaves: PoolLeaf[]; poolRoot: string; beacon: Beacon; prk: string; orders: Record<'lowest-price' | 'average-price', Ranked[]>
  amounts: { ceilingFen: number; basisPoints: number; fen: number }[]
}
const vectors = JSON.parse(readFileSync('docs/vectors/price-v1.json', 'utf8')) as Vectors
const { tender, rules, ceilingFen, quote, lowQuote, bids } = vectors
const keyring = { drawSeed: Buffer.from(vectors.seed, 'hex') }
const procedure = { rules, quote, lowQuote } as unknown as SealedProcedure

test('the published vectors: who can open, and the secret of the tie', () => {
  expect(platformHolder(keyring, tender)).toEqual(vectors.sealing.holder)
  expect(Buffer.from(sealingKey(keyring, tender).privateKey).toString('hex')).toBe(vectors.sealing.privateKey)
  expect(drawSecret(keyring, tender).toString('hex')).toBe(vectors.secret)
  expect(commitmentOf(Buffer.from(vectors.secret, 'hex'))).toHaveLength(32)
})

test.each(bids.filter(({ reason }) => reason === null))('the published vectors: the offer of $uscc is sealed to the same text', async ({ bid, uscc, contentKey, exchange, plaintext, envelope }) => {
  const chance = Buffer.from(contentKey + exchange, 'hex')
  let taken = 0
  const bytes = (count: number) => chance.subarray(taken, (taken += count))
  expect(await sealBid({ offer: JSON.parse(plaintext) as unknown }, { tender, rules, bid, uscc, holders: [vectors.sealing.holder], bytes })).toBe(envelope)
})

test.each(bids)('the published vectors: platform and verifier open $uscc alike ($reason)', async ({ bid, uscc, contentKey, envelope, bidHash, reason }) => {
  const holder = { id: 'platform', privateKey: Buffer.from(vectors.sealing.privateKey, 'hex') }
  const opened = await openBid({ id: bid, body: envelope, uscc }, { tender, procedure, ceilingFen, holder })
  expect(opened).toMatchObject({ reason, keys: { offer: contentKey } })
  expect(sha256(envelope).toString('hex')).toBe(bidHash)
  const shown = { bid, keys: { offer: contentKey }, envelope: JSON.parse(envelope) as unknown } as OpenedBid
  expect(hashOf(shown)).toBe(bidHash)
  expect(runThrough(rulingOn(shown, contentKey, uscc, tender, { procedure, ceilingFen } as unknown as PriceTerms)).reason).toBe(reason)
})

test('the published vectors: pool, marks, both orders, and what discounts come to', async () => {
  const holder = { id: 'platform', privateKey: Buffer.from(vectors.sealing.privateKey, 'hex') }
  const prices = pricedOf(await Promise.all(bids.map(({ bid, uscc, envelope }) => openBid({ id: bid, body: envelope, uscc }, { tender, procedure, ceilingFen, holder }))))
  expect(leafHashesOf(vectors.leaves)).toHaveLength(bids.length)
  expect(poolRoot(vectors.leaves).toString('hex')).toBe(vectors.poolRoot)
  expect(Object.fromEntries(lowMarks(prices, ceilingFen, lowQuote))).toEqual(vectors.low)
  const key = drawKey({ beacon: vectors.beacon, poolRoot: vectors.poolRoot, tender, rules: 'mingdan-draw/v1' }, Buffer.from(vectors.secret, 'hex'))
  expect(key.toString('hex')).toBe(vectors.prk)
  const position = (label: string) => positionOf(key, 'tie', label).toString('hex')
  expect(ranked(byLowest(prices), position)).toEqual(vectors.orders['lowest-price'])
  expect(ranked(byAverage(prices), position)).toEqual(vectors.orders['average-price'])
  for (const { ceilingFen: ceiling, basisPoints, fen } of vectors.amounts) expect(amountOf({ kind: 'discount', basisPoints }, ceiling)).toBe(fen)
})
