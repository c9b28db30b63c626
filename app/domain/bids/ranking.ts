import { comparable, type Quote } from './offer.ts'

/** One valid bid that names a price. */
export type Priced = { bid: string; label: string; quote: Quote }

/** What is compared, best first; the bids of one group are equal, and a verifiable draw puts them in order. */
export type Group = Priced[]

/** 竞价选取: the lowest price first. */
export function byLowest(bids: readonly Priced[]): Group[] {
  return grouped(bids, (one, other) => comparable(one.quote) - comparable(other.quote))
}

/**
 * 均价比选: the price nearest to the mean of all valid prices from below comes first, down to the lowest; after them those
 * above the mean, upwards. The mean is never rounded: price × count is held against the sum.
 */
export function byAverage(bids: readonly Priced[]): Group[] {
  const sum = bids.reduce((all, { quote }) => all + BigInt(comparable(quote)), 0n)
  const isAbove = ({ quote }: Priced) => BigInt(comparable(quote)) * BigInt(bids.length) > sum
  return [
    ...grouped(bids.filter((bid) => !isAbove(bid)), (one, other) => comparable(other.quote) - comparable(one.quote)),
    ...grouped(bids.filter(isAbove), (one, other) => comparable(one.quote) - comparable(other.quote)),
  ]
}

/** The mean of all valid prices, for people to read: rounded half up to the whole unit that is compared. Null of none. */
export function meanOf(bids: readonly Priced[]): number | null {
  if (bids.length === 0) return null
  const sum = bids.reduce((all, { quote }) => all + BigInt(comparable(quote)), 0n)
  const count = BigInt(bids.length)
  return Number((2n * sum + count) / (2n * count))
}

/** Shares below which a price is abnormally low, as a policy says: 0.5 is half. */
export type LowQuoteRule = { ofMean: number; ofNext: number; ofCeiling: number }
/** Shares are counted in ten thousandths, so that no price is low by a rounding. */
const SHARES = 10_000n
export type LowMark = 'of-mean' | 'of-next' | 'of-ceiling'

/**
 * Which prices are abnormally low and by which marks: below a share of the mean or of the ceiling, and
 * the lowest below a share of the next. Such a bidder is asked to explain; by rule nobody is refused.
 *
 * @param ceiling in the unit of {@link comparable}: fen for money, 10000 for discounts
 * @returns the marks by bid, only of those that have any
 */
export function lowMarks(bids: readonly Priced[], ceiling: number, { ofMean, ofNext, ofCeiling }: LowQuoteRule): Map<string, LowMark[]> {
  const [lowest, next] = bids.map(({ quote }) => comparable(quote)).sort((a, b) => a - b)
  const sum = bids.reduce((all, { quote }) => all + comparable(quote), 0)
  const isBelow = (price: number, share: number, whole: number) => BigInt(price) * SHARES < BigInt(Math.round(share * Number(SHARES))) * BigInt(whole)
  const marks = new Map<string, LowMark[]>()
  for (const { bid, quote } of bids) {
    const price = comparable(quote)
    const found: LowMark[] = [
      ...(bids.length > 1 && isBelow(price * bids.length, ofMean, sum) ? (['of-mean'] as const) : []),
      ...(next !== undefined && price === lowest && isBelow(price, ofNext, next) ? (['of-next'] as const) : []),
      ...(isBelow(price, ofCeiling, ceiling) ? (['of-ceiling'] as const) : []),
    ]
    if (found.length) marks.set(bid, found)
  }
  return marks
}

/** One place of the whole order. `position` is what the draw gave the label; it counts only among equals. */
export type Ranked = { place: number; label: string; bid: string; value: number; position: string; price?: number; points?: { price: number; judged: number; total: number } }

/**
 * The whole order: groups as they are, and equals by their drawn positions.
 *
 * @param detailsOf what is compared of a bid, and what it is made of; the price where nothing else is said
 * @param positionOf the position of a label in hex, from the draw with purpose `tie`
 */
export function ranked<B extends Priced>(groups: readonly B[][], positionOf: (label: string) => string, detailsOf: (bid: B) => Pick<Ranked, 'value' | 'price' | 'points'> = ({ quote }) => ({ value: comparable(quote) })): Ranked[] {
  return groups
    .flatMap((group) => group.map((bid) => ({ ...bid, position: positionOf(bid.label) })).sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : a.label < b.label ? -1 : 1)))
    .map((bid, place) => ({ place: place + 1, label: bid.label, bid: bid.bid, ...detailsOf(bid), position: bid.position }))
}

function grouped(bids: readonly Priced[], compare: (one: Priced, other: Priced) => number): Group[] {
  const groups: Group[] = []
  for (const bid of [...bids].sort(compare)) {
    const last = groups.at(-1)
    if (last && compare(last[0]!, bid) === 0) last.push(bid)
    else groups.push([bid])
  }
  return groups
}
