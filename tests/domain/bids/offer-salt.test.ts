import { expect, test } from 'vitest'
import { Offer, type Quote } from '#app/domain/bids/offer.ts'
import { LEAST_SALT, PLAN_BLOCK, planSaltDigits, saltDigits } from '#app/domain/bids/offer-salt.ts'
import { Plan } from '#app/domain/bids/plan.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'

const about = { tender: 'MD-220100-2026-000001', bid: '0b9f4a3e-3c1d-4b60-9f0a-2f6e6c1f0a11', uscc: '91220100MA0000000X' }
const lengthOf = (quote: Quote, contribution: string) => {
  const unsalted = { ...about, quote, contribution }
  const salt = '0'.repeat(saltDigits(unsalted))
  expect(salt.length).toBeGreaterThanOrEqual(LEAST_SALT)
  expect(Offer.safeParse({ ...unsalted, salt }).success).toBe(true)
  return Buffer.byteLength(canonical({ ...unsalted, salt }))
}

test.each(['', '风调雨顺', 'x'.repeat(200), '"'.repeat(256), '好'.repeat(85)])('how long an offer is does not tell its price, with the contribution %s', (contribution) => {
  const lengths = new Set<number>()
  for (let digits = 0; digits < 16; digits++) lengths.add(lengthOf({ kind: 'money', fen: Math.min(10 ** digits, Number.MAX_SAFE_INTEGER) }, contribution))
  lengths.add(lengthOf({ kind: 'money', fen: Number.MAX_SAFE_INTEGER }, contribution))
  expect(lengths.size).toBe(1)
  const discounts = new Set([0, 9, 10, 999, 1_000, 10_000].map((basisPoints) => lengthOf({ kind: 'discount', basisPoints }, contribution)))
  expect(discounts.size).toBe(1)
})

test('no contribution comes near a boundary with a price of few digits alone', () => {
  for (let length = 0; length <= 256; length++) {
    const contribution = 'x'.repeat(length)
    expect(lengthOf({ kind: 'money', fen: 1 }, contribution)).toBe(lengthOf({ kind: 'money', fen: Number.MAX_SAFE_INTEGER }, contribution))
  }
})

test.each(['短', '方案'.repeat(1000), '\n'.repeat(4000), '字'.repeat(8000), '𠮷'.repeat(8000)])('a plan fills whole blocks, whatever it says', (text) => {
  const written = { ...about, text }
  const plan = { ...written, salt: '0'.repeat(planSaltDigits(written)) }
  expect(Plan.safeParse(plan).success).toBe(true)
  expect(plan.salt.length).toBeGreaterThanOrEqual(LEAST_SALT)
  expect(Buffer.byteLength(canonical(plan)) % PLAN_BLOCK).toBe(0)
})
