import type { Material } from './case.ts'

/** Documents that an office says are lacking, and that it turned away, and had not said so of before. */
export type NewlyAsked = { lacking: Material[]; turnedAway: Material[] }

/** What an office newly asks for, by what it said of each document before and says now; a document that is another service's now is a new one. */
export function newlyAsked(before: readonly Material[], now: readonly Material[]): NewlyAsked {
  const of = (state: Material['state']) => now.filter((one) => one.state === state && isNewlyAsked(one, before))
  return { lacking: of('lacking'), turnedAway: of('turned-away') }
}

/**
 * Documents that the office had, or was offered, and newly has no more: what it turned away, and what it says is lacking after it was
 * handed in or accepted. What was handed in is told as it was then, whatever the office calls it now.
 */
export function turnedBack(before: readonly Material[], now: readonly Material[]): Material[] {
  return now.flatMap((one) => {
    if (!isNewlyAsked(one, before)) return []
    const had = before.find((other) => other.code === one.code && !isAwaited(other))
    return had ? [{ ...had, reason: one.reason }] : one.state === 'turned-away' ? [one] : []
  })
}

/** Does the office wait for this document as it did not before? */
export function isNewlyAsked(now: Material, before: readonly Material[]): boolean {
  return isAwaited(now) && !before.some(({ code, state, listingCode }) => code === now.code && state === now.state && listingCode === now.listingCode)
}

/** Does the office wait for the document? What it turned away it wants again. */
export function isAwaited({ state }: Pick<Material, 'state'>): boolean {
  return state === 'lacking' || state === 'turned-away'
}
