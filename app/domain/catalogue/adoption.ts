import type { Day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import { stands, type Listing, type ListingWording } from './listing.ts'

type Adoption = { wording: ListingWording; from: Day; version: number; id: string; today: Day }

/** What a change does to a code's wordings: those that end, the one that begins, and what says that the list above is done without. */
export type Change = { ended: Listing[]; begun: Listing | null; hidden: Listing | null }

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
  const before = wordings.find((one) => stands(one, from))
  const begun: Listing = { ...wording, id, inForceFrom: from, inForceUntil: null, sinceVersion: version, untilVersion: null }
  return { ended: before ? [{ ...before, inForceUntil: from, untilVersion: version }] : [], begun, hidden: null }
}

/**
 * The wording in force leaves the list from a day. Where a list above has the code, what takes its place says that nothing is listed here.
 *
 * @param above what the list above says of the code on that day
 * @throws Refusal `catalogue.from-the-past`, `catalogue.same-day`, `catalogue.later-wording`, `catalogue.not-listed` where none is in force then
 */
export function retire(wordings: readonly Listing[], { from, version, today, id, divisionCode }: Omit<Adoption, 'wording'> & { divisionCode: string }, above: Listing | null = null): Change {
  refusePast(from, today)
  refuseLater(wordings, from)
  const before = wordings.find((one) => stands(one, from))
  if (before ? before.removed : !above) throw new Refusal('conflict', 'catalogue.not-listed', { params: { on: from }, field: 'from' })
  const hidden: Listing | null = above && { ...above, divisionCode, id, inForceFrom: from, inForceUntil: null, sinceVersion: version, untilVersion: null, removed: true }
  return { ended: before ? [{ ...before, inForceUntil: from, untilVersion: version }] : [], begun: null, hidden }
}

function refusePast(from: Day, today: Day): void {
  if (from < today) throw new Refusal('invalid', 'catalogue.from-the-past', { params: { today }, field: 'from' })
}

function refuseLater(wordings: readonly Listing[], from: Day): void {
  const later = wordings.find((one) => one.inForceFrom > from)
  if (later) throw new Refusal('conflict', 'catalogue.later-wording', { params: { from: later.inForceFrom }, field: 'from' })
  if (wordings.some((one) => one.inForceFrom === from)) throw new Refusal('conflict', 'catalogue.same-day', { params: { from }, field: 'from' })
}
