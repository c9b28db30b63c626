import type { Day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import { isInForce, type Listing, type ListingWording } from './listing.ts'

type Adoption = { wording: ListingWording; from: Day; version: number; id: string; today: Day }

/** What a change does to a code's wordings: those that end, and the one that begins. */
export type Change = { ended: Listing[]; begun: Listing | null }

/**
 * A wording enters the list from a day; the wording that held until then ends on it.
 *
 * @param wordings every wording of this code in the division's own list
 * @throws Refusal `catalogue.from-the-past`, `catalogue.same-day` where a wording begins on that very day,
 * `catalogue.later-wording` where a later one has already been adopted: history is never rewritten
 */
export function adopt(wordings: readonly Listing[], { wording, from, version, id, today }: Adoption): Change {
  refusePast(from, today)
  refuseLater(wordings, from)
  const before = wordings.find((one) => isInForce(one, from))
  const begun: Listing = { ...wording, id, inForceFrom: from, inForceUntil: null, sinceVersion: version, untilVersion: null }
  return { ended: before ? [{ ...before, inForceUntil: from, untilVersion: version }] : [], begun }
}

/**
 * The wording in force leaves the list from a day, with nothing in its place.
 *
 * @throws Refusal `catalogue.from-the-past`, `catalogue.same-day`, `catalogue.later-wording`, `catalogue.not-listed` where none is in force then
 */
export function retire(wordings: readonly Listing[], { from, version, today }: Omit<Adoption, 'wording' | 'id'>): Change {
  refusePast(from, today)
  refuseLater(wordings, from)
  const before = wordings.find((one) => isInForce(one, from))
  if (!before) throw new Refusal('conflict', 'catalogue.not-listed', { params: { on: from }, field: 'from' })
  return { ended: [{ ...before, inForceUntil: from, untilVersion: version }], begun: null }
}

function refusePast(from: Day, today: Day): void {
  if (from < today) throw new Refusal('invalid', 'catalogue.from-the-past', { params: { today }, field: 'from' })
}

function refuseLater(wordings: readonly Listing[], from: Day): void {
  const later = wordings.find((one) => one.inForceFrom > from)
  if (later) throw new Refusal('conflict', 'catalogue.later-wording', { params: { from: later.inForceFrom }, field: 'from' })
  if (wordings.some((one) => one.inForceFrom === from)) throw new Refusal('conflict', 'catalogue.same-day', { params: { from }, field: 'from' })
}
