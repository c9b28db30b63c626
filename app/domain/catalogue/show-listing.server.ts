import { findMarketplace } from '#db/repositories/divisions.ts'
import { listingView, type ListingView } from '#db/views/listing.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { doerOf, headlineOf, type Doer, type Headline } from './demandability.ts'
import { stands, type Listing } from './listing.ts'

export type ShownListing = ListingView & { listing: Listing; headline: Headline; doer: Doer; on: Day; today: Day; divisionName: string }

/**
 * One listed service on a day, with everything its page shows. Where no wording is in force on that day, the one that
 * stood nearest is shown and the headline is `not-in-force`. Anybody may read it.
 *
 * @throws Refusal `catalogue.unknown` (404) where the code was never listed here
 */
export async function showListing(context: Context, { code, on }: { code: string; on?: Day | undefined }): Promise<ShownListing> {
  const [at, marketplace] = await Promise.all([context.clock.read(context.db), findMarketplace(context.db)])
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  const today = dayOf(at)
  const day = on ?? today
  const view = await listingView(context.db, { code, divisionCode: marketplace.divisionCode, on: day })
  const listing = nearestTo(view.wordings, day)
  if (!listing) throw new Refusal('missing', 'catalogue.unknown')
  return { ...view, listing, headline: headlineOf(listing, day), doer: doerOf(listing), on: day, today, divisionName: marketplace.divisionName }
}

/** What stands on a day, the nearest division's first; else the one that began nearest to the day. */
function nearestTo(wordings: readonly Listing[], day: Day): Listing | undefined {
  const distance = ({ inForceFrom }: Listing) => Math.abs(Date.parse(inForceFrom) - Date.parse(day))
  return wordings.toSorted((a, b) => Number(stands(b, day)) - Number(stands(a, day)) || b.divisionCode.localeCompare(a.divisionCode) || distance(a) - distance(b))[0]
}
