/*
 * The electronic lot (電子くじ): each bidder gives a number of three digits with the bid, the millisecond at which the bid was
 * received is added to it, and the sum of all who are equal, divided by their number, leaves the one who comes first. Japanese
 * authorities publish the rule with worked examples; docs/verification.md has it in full. The bidder's browser knows it too, so
 * nothing heavy is imported here.
 */

/** Numbers run from 000 to 999, and sums of two of them begin again at 000. */
export const LOT_NUMBERS = 1000
const THREE_DIGITS = /^[0-9]{3}$/

/** What is wrong with a number that was typed: codes of words. */
export type LotFault = 'lots.needed' | 'lots.three-digits'
/** All of them, for the browser, which seals what the server never sees. */
export const LOT_FAULTS = ['lots.needed', 'lots.three-digits'] as const satisfies LotFault[]

/** Is this a number as it is sealed? Always three digits, so that what is sealed is equally long whatever the number. */
export function isLotNumber(text: unknown): text is string {
  return typeof text === 'string' && THREE_DIGITS.test(text)
}

/** Reads what somebody typed as a lot number (`007`, `０７ ７`). A shorter one is not filled up: whoever types 7 may mean 700. */
export function parseLot(text: string): { lot: string } | { fault: LotFault } {
  const lot = text.normalize('NFKC').replace(/\s/g, '')
  if (lot === '') return { fault: 'lots.needed' }
  return isLotNumber(lot) ? { lot } : { fault: 'lots.three-digits' }
}

/** The milliseconds of the second in which a bid was received, which its receipt and its leaf of the pool name. */
export function receivedMillisecond(receivedAt: string): number {
  return new Date(receivedAt).getUTCMilliseconds()
}

/** What counts of a bid: the number that was given and the millisecond, together. */
export function lotOf(given: string, receivedAt: string): number {
  return (Number(given) + receivedMillisecond(receivedAt)) % LOT_NUMBERS
}

/** A bid as the lot needs it: what counts of it, and what tells when it came. */
export type LotBid = { lot: number; receivedAt: string; bidHash: string }

/** In the order of receipt; bids of one millisecond by their hashes, which nobody could arrange. */
export function byArrival<B extends LotBid>(bids: readonly B[]): B[] {
  return [...bids].sort((one, other) => compare(one.receivedAt, other.receivedAt) || compare(one.bidHash, other.bidHash))
}

/** Who comes first among equals: counted from 0 in the order of receipt, the remainder of the sum by their number. */
export function lotWinner(bids: readonly Pick<LotBid, 'lot'>[]): { sum: number; remainder: number } {
  const sum = bids.reduce((all, { lot }) => all + lot, 0)
  return { sum, remainder: sum % bids.length }
}

/** Equal bids in the order of their lot: the one drawn first, then those who came after it, then those who came before it. */
export function lotOrder<B extends LotBid>(bids: readonly B[]): B[] {
  const arrived = byArrival(bids)
  const { remainder } = lotWinner(arrived)
  return [...arrived.slice(remainder), ...arrived.slice(0, remainder)]
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
