import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commitmentOf, drawKey, drawSecret, labelsOf, leafHashesOf, orderOf, poolOf, poolRoot, positionOf, weightedOrderOf, type Beacon, type DrawPurpose, type Placed, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { drawTerms, DrawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import { concealed } from '#app/domain/ledger/entry.ts'
import { leafHash, rootOf } from '#app/domain/ledger/merkle.ts'
import { leafNo } from '#tests/support/drawn.ts'
import { testKeyring } from '#tests/support/keyring.ts'

type Vectors = {
  seed: string; tender: string; rules: string; secret: string; commitment: string; leaves: PoolLeaf[]; leafHashes: string[]; poolRoot: string; beacon: Beacon
  orders: { salt: 'secret' | 'none'; purpose: DrawPurpose; prk: string; order: Placed[] }[]
  weighted: { purpose: DrawPurpose; tickets: { label: string; balls: number }[]; order: Placed[] }
  trees: { size: number; root: string }[]
  concealed: { value: string; salt: string; hash: string }
}
const vectors = JSON.parse(readFileSync('docs/vectors/draw-v1.json', 'utf8')) as Vectors
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const input = { beacon: vectors.beacon, poolRoot: vectors.poolRoot, tender: vectors.tender, rules: vectors.rules }

test('the published vectors: secret, commitment, leaves and root of the pool', () => {
  const secret = drawSecret({ drawSeed: Buffer.from(vectors.seed, 'hex') }, vectors.tender)
  expect(hex(secret)).toBe(vectors.secret)
  expect(hex(commitmentOf(secret))).toBe(vectors.commitment)
  expect(poolOf(vectors.leaves.toReversed())).toEqual(vectors.leaves)
  expect(leafHashesOf(vectors.leaves).map(hex)).toEqual(vectors.leafHashes)
  expect(hex(poolRoot(vectors.leaves.toReversed()))).toBe(vectors.poolRoot)
})

test.each(vectors.orders)('the published vectors: the order for $purpose with salt $salt', ({ salt, purpose, prk, order }) => {
  const key = drawKey(input, salt === 'secret' ? Buffer.from(vectors.secret, 'hex') : undefined)
  expect(hex(key)).toBe(prk)
  expect(orderOf(key, purpose, labelsOf(vectors.leaves))).toEqual(order)
})

test('the published vectors: weighted labels, trees, concealed facts', () => {
  const { purpose, tickets, order } = vectors.weighted
  expect(weightedOrderOf(drawKey(input, Buffer.from(vectors.secret, 'hex')), purpose, tickets)).toEqual(order)
  for (const { size, root } of vectors.trees) expect(hex(rootOf(Array.from({ length: size }, (_, n) => leafHash(Buffer.from(String(n))))))).toBe(root)
  expect(concealed(vectors.concealed.value, Buffer.from(vectors.concealed.salt, 'hex'))).toBe(vectors.concealed.hash)
})

const key = drawKey(input)
const labels = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }), { minLength: 1, maxLength: 40 })

test('the order is the same whatever order the labels come in, and nobody is lost', () => {
  fc.assert(
    fc.property(labels, (given) => {
      const order = orderOf(key, 'pool', given)
      expect(orderOf(key, 'pool', given.toReversed())).toEqual(order)
      expect(order.map(({ label }) => label).sort()).toEqual([...given].sort())
      expect(order.map(({ place }) => place)).toEqual(given.map((_, index) => index + 1))
    }),
  )
})

test('striking a label moves no other: the rest keep their order', () => {
  fc.assert(
    fc.property(labels, fc.nat(), (given, pick) => {
      const struck = given[pick % given.length]!
      const before = orderOf(key, 'pool', given).filter(({ label }) => label !== struck)
      const after = orderOf(key, 'pool', given.filter((label) => label !== struck))
      expect(after.map(({ label, position }) => [label, position])).toEqual(before.map(({ label, position }) => [label, position]))
    }),
  )
})

test('a change in beacon, pool, tender, rules or secret gives another key', () => {
  const keys = [
    key,
    drawKey({ ...input, beacon: { ...vectors.beacon, at: 'later' } }),
    drawKey({ ...input, poolRoot: '00' }),
    drawKey({ ...input, tender: 'another' }),
    drawKey({ ...input, rules: 'mingdan-draw/v2' }),
    drawKey(input, Buffer.from('a secret')),
  ]
  expect(new Set(keys.map(hex)).size).toBe(keys.length)
  expect(hex(positionOf(key, 'pool', 'a'))).not.toBe(hex(positionOf(key, 'tie', 'a')))
})

test('everybody comes first about equally often', () => {
  const wins = new Map<string, number>()
  for (let n = 0; n < 4000; n++) {
    const [first] = orderOf(drawKey({ ...input, tender: `T-${n}` }), 'pool', ['甲', '乙', '丙', '丁'])
    wins.set(first!.label, (wins.get(first!.label) ?? 0) + 1)
  }
  // Chi-squared with three degrees of freedom; 16.3 is passed by chance once in a thousand, and the inputs are fixed.
  const chi = [...wins.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
  expect(chi).toBeLessThan(16.3)
})

test('a label with three balls comes first about three times as often as one with one', () => {
  let heavy = 0
  for (let n = 0; n < 4000; n++) if (weightedOrderOf(drawKey({ ...input, tender: `T-${n}` }), 'shortlist', [{ label: '甲', balls: 3 }, { label: '乙', balls: 1 }])[0]!.label === '甲') heavy++
  expect(heavy / 4000).toBeGreaterThan(0.72)
  expect(heavy / 4000).toBeLessThan(0.78)
})

test.each([
  ['eligible with a reason', [{ ...leafNo(0), reasons: ['withdrawn'] }]],
  ['excluded without one', [{ ...leafNo(2), reasons: [] }]],
  ['eligible without a label', [{ ...leafNo(0), label: null }]],
  ['one bid twice', [leafNo(0), leafNo(0)]],
  ['two tickets of one bidder', [leafNo(0), { ...leafNo(1), label: leafNo(0).label }]],
])('a pool is refused: %s', (_what, leaves) => {
  expect(() => poolOf(leaves as PoolLeaf[])).toThrow()
})

test('the freeze counts every received bid', () => {
  const { facts, payload, pool } = freezeFacts('entry', Array.from({ length: 7 }, (_, n) => leafNo(n)))
  expect(facts).toMatchObject({ draw: { publication: 'entry', received: 7, eligible: 5, excluded: 2 } })
  expect(payload).toEqual(pool)
})

test('a tender that is published again is draw no. 2 and names the first', () => {
  const times = { closesAt: new Date('2026-11-20T02:00:00Z'), drawsAfter: new Date('2026-11-20T02:10:00Z') }
  const first = { tender: 'MD-1', entry: '00000000-0000-4000-8000-000000000001' }
  expect(drawTerms(testKeyring(), { tender: 'MD-1', ...times })).toMatchObject({ number: 1, first: null })
  expect(DrawTerms.parse(drawTerms(testKeyring(), { tender: 'MD-2', ...times, earlier: { number: 1, first } }))).toMatchObject({ number: 2, first })
})
