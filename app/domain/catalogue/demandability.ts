import type { Day } from '../calendar.ts'
import { usableBases } from './basis.ts'
import { isInForce, type Listing } from './listing.ts'

/**
 * What a listing says before anybody's case is looked at:
 * `may-be-demanded`, `document-may-be-demanded` (and no agency: the applicant may write it itself), `may-be-bought`
 * (and not demanded), `office-pays`, `not-in-force`.
 */
export const HEADLINES = ['may-be-demanded', 'document-may-be-demanded', 'may-be-bought', 'office-pays', 'not-in-force'] as const
export type Headline = (typeof HEADLINES)[number]

type Judged = Pick<Listing, 'nature' | 'inForceFrom' | 'inForceUntil' | 'removed'> & { rules: Pick<Listing['rules'], 'bases' | 'commissioner' | 'selfPrepare'> }

/**
 * The one answer that pages and API show for a listing on a day (优化营商环境条例 43). A wording that calls itself
 * statutory and names nothing that carries it is bought, never demanded; the guard judges a real demand further.
 */
export function headlineOf(listing: Judged, on: Day): Headline {
  if (!isInForce(listing, on)) return 'not-in-force'
  if (listing.nature === 'authority-commissioned' || listing.rules.commissioner === 'authority') return 'office-pays'
  if (listing.nature !== 'statutory' || usableBases(listing.rules.bases, on).length === 0) return 'may-be-bought'
  return listing.rules.selfPrepare ? 'document-may-be-demanded' : 'may-be-demanded'
}

/** Whether the headline lets an office demand at all, be it the document alone. */
export function isDemandable(headline: Headline): boolean {
  return headline === 'may-be-demanded' || headline === 'document-may-be-demanded'
}

/** Who does it: the applicant itself or an agency, an agency, the office, or nobody has said. */
export type Doer = 'applicant-or-agency' | 'agency' | 'office' | 'unsaid'

/** By the wording alone, whatever the day. The office comes first: where it pays, nobody asks whether an applicant may write it itself. `unsaid` where the list gives no word. */
export function doerOf({ nature, rules }: Pick<Listing, 'nature'> & { rules: Pick<Listing['rules'], 'commissioner' | 'selfPrepare'> }): Doer {
  if (nature === 'authority-commissioned' || rules.commissioner === 'authority') return 'office'
  if (rules.selfPrepare === null) return 'unsaid'
  return rules.selfPrepare ? 'applicant-or-agency' : 'agency'
}
