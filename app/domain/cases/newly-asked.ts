import type { Material } from './case.ts'

/** Documents that an office says are lacking, and that it turned away, and had not said so of before. */
export type NewlyAsked = { lacking: Material[]; turnedAway: Material[] }

/** What an office newly asks for, by what it said of each document before and says now; a document that is another service's now is a new one. */
export function newlyAsked(before: readonly Material[], now: readonly Material[]): NewlyAsked {
  const isNew = ({ code, state, listingCode }: Material) => !before.some((one) => one.code === code && one.state === state && one.listingCode === listingCode)
  const of = (state: Material['state']) => now.filter((one) => one.state === state && isNew(one))
  return { lacking: of('lacking'), turnedAway: of('turned-away') }
}
