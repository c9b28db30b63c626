import { expect, test } from 'vitest'
import { lotOf, lotOrder, lotWinner, parseLot } from '#app/domain/bids/lot.ts'
import { sealedBidForm } from '#app/domain/bids/sealed-bid-form.ts'
import { sharedData } from '#tests/support/shared-data.ts'

type Bidder = { bidder: string; chosen: number; system: number; final: number }
type Published = { vectors: { source: string; bidders_in_arrival_order: Bidder[]; sum: number; remainder: number; winner: string }[] }

const published = sharedData<Published>('jp-denshi-kuji/vectors.json')
const digits = (number: number) => String(number).padStart(3, '0')
/** A bid of the published example: the system's number is the millisecond at which it came. */
const bidOf = ({ bidder, chosen, system }: Bidder, place: number) => {
  const receivedAt = `2026-11-27T01:0${place}:00.${digits(system)}Z`
  return { bidder, receivedAt, bidHash: digits(9 - place), lot: lotOf(digits(chosen), receivedAt) }
}

test.skipIf(published === null).each(published?.vectors ?? [])('$source: the published example has the same numbers, sum, remainder and winner', ({ bidders_in_arrival_order: bidders, sum, remainder, winner }) => {
  const bids = bidders.map(bidOf)
  expect(bids.map(({ lot }) => lot)).toEqual(bidders.map(({ final }) => final))
  expect(lotWinner(bids)).toEqual({ sum, remainder })
  // However they are handed in, they are counted in the order in which they came, and whoever follows the first is the next.
  const order = lotOrder(bids.toReversed()).map(({ bidder }) => bidder)
  expect(order[0]).toBe(winner)
  expect(order).toEqual(bidders.map((_, place) => bidders[(remainder + place) % bidders.length]!.bidder))
})

test('bids of one millisecond are counted in the order of their hashes', () => {
  const receivedAt = '2026-11-27T01:00:00.500Z'
  const bids = ['c', 'a', 'b'].map((bidHash) => ({ bidHash, receivedAt, lot: 1 }))
  expect(lotOrder(bids).map(({ bidHash }) => bidHash)).toEqual(['a', 'b', 'c'])
})

test('numbers begin again at a thousand', () => {
  expect(lotOf('999', '2026-11-27T01:00:00.417Z')).toBe(416)
  expect(lotOf('000', '2026-11-27T01:00:00.000Z')).toBe(0)
})

test.each([
  ['007', { lot: '007' }],
  [' 0 4 2 ', { lot: '042' }],
  ['９９９', { lot: '999' }],
  ['', { fault: 'lots.needed' }],
  ['   ', { fault: 'lots.needed' }],
  ['7', { fault: 'lots.three-digits' }],
  ['1000', { fault: 'lots.three-digits' }],
  ['1e2', { fault: 'lots.three-digits' }],
  ['-12', { fault: 'lots.three-digits' }],
  ['٣٣٣', { fault: 'lots.three-digits' }],
])('%j is read as %j', (typed, read) => {
  expect(parseLot(typed)).toEqual(read)
})

test('whatever is wrong with a price, a number and the promise is said at once, each at its field', () => {
  const form = sealedBidForm({ quote: { kind: 'money' }, tie: 'electronic-lot', ceilingFen: 50_000_00 })
  const faults = (given: object) => {
    const { error } = form.safeParse({ act: 'submit', bid: '00000000-0000-4000-8000-000000000000', contribution: '', ...given })
    return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join(), message]))
  }
  expect(faults({})).toEqual({ price: 'forms.required', lot: 'lots.needed', commitment: 'tenders.commitment-missing' })
  expect(faults({ price: '50000.01', lot: '7', commitment: 'yes' })).toEqual({ price: 'sealing.over-ceiling', lot: 'lots.three-digits' })
  expect(faults({ price: '9'.repeat(65), lot: '9'.repeat(17), commitment: 'yes' })).toEqual({ price: 'sealing.price-long', lot: 'lots.three-digits' })
  expect(faults({ price: '45000', lot: '042', commitment: 'yes' })).toEqual({})
  // What the browser has sealed is not looked at here.
  expect(faults({ price: '', lot: '', envelope: '{}', commitment: 'yes' })).toEqual({})
  const plain = sealedBidForm({ quote: { kind: 'money' }, tie: 'draw', ceilingFen: 50_000_00 })
  expect(plain.safeParse({ act: 'submit', bid: '00000000-0000-4000-8000-000000000000', price: '1', contribution: '', commitment: 'yes' }).success).toBe(true)
})
