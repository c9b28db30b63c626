import type { Ranked, SealedBundle } from './bundle.ts'

/** What is compared is fen, or what a discount leaves of this many hundredths of a percent. */
export const WHOLE = 10_000

/** What the price at a place of the order costs in fen. A discount is taken off the ceiling, and half a fen is rounded up. */
export function costAt({ steps, publication: { facts } }: SealedBundle, place: number): number | undefined {
  const placed = (steps.order as readonly (Ranked & { price?: number })[]).find((each) => each.place === place)
  // Where points decide, the price stands beside them.
  const value = placed?.price ?? placed?.value
  if (value === undefined || facts.procedure.quote.kind === 'money') return value
  return Number((BigInt(facts.ceilingFen) * BigInt(value) + 5_000n) / 10_000n)
}
