import type { Ranked } from './bundle.ts'

/** The number that a bidder gave, and what the pool says of the bid's arrival. */
export type Numbered = { given: string; receivedAt: string; bidHash: string }

/** Numbers run from 000 to 999. */
const NUMBERS = 1000

/** What counts of a bid: its own number and the millisecond at which it was received, together. */
export const lotOf = ({ given, receivedAt }: Pick<Numbered, 'given' | 'receivedAt'>): number => (Number(given) + Number(receivedAt.slice(-4, -1))) % NUMBERS

/**
 * Puts equal prices in order by their electronic lot: numbered from 0 as they arrived, the remainder of the sum of all numbers
 * by how many they are comes first, and the others follow in the same round.
 *
 * @param ordered by price already; equal ones stand together
 */
export function byLots<R extends Ranked>(ordered: readonly R[], numberedOf: (bid: string) => Numbered): (R & { lot: number })[] {
  const groups = new Map<number, (R & { lot: number; arrival: string })[]>()
  for (const place of ordered) {
    const numbered = numberedOf(place.bid)
    groups.set(place.value, [...(groups.get(place.value) ?? []), { ...place, lot: lotOf(numbered), arrival: numbered.receivedAt + numbered.bidHash }])
  }
  const drawn = [...groups.values()].flatMap((equals) => {
    equals.sort((one, other) => (one.arrival < other.arrival ? -1 : 1))
    const first = equals.reduce((sum, { lot }) => sum + lot, 0) % equals.length
    return [...equals.slice(first), ...equals.slice(0, first)]
  })
  return drawn.map(({ arrival: _arrival, ...placed }, index) => ({ ...(placed as unknown as R & { lot: number }), place: index + 1 }))
}
