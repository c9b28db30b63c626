import { findDivision, findMarketplace } from '#db/repositories/divisions.ts'
import { versionMarks, versionOn } from '#db/repositories/catalogue-versions.ts'
import { listListings } from '#db/repositories/listings.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { headlineOf } from './demandability.ts'
import type { Listing } from './listing.ts'

export type Asked = { division?: string | undefined; on?: Day | undefined; after?: string | undefined; limit: number }

/** Which list is meant: read from the versions alone, so that an unchanged list is recognised without touching it. */
export type Edition = { divisionCode: string; on: Day; after: string | null; limit: number; marks: string }

/**
 * Names the list that is asked for. Two editions with the same marks are the same bytes.
 *
 * @throws Refusal `catalogue.division-unknown` (404), `catalogue.no-marketplace` (503)
 */
export async function findEdition(context: Context, { division, on, after, limit }: Asked): Promise<Edition> {
  const { db } = context
  const [at, divisionCode] = await Promise.all([context.clock.read(db), division === undefined ? marketplaceOf(context) : known(context, division)])
  const marks = await versionMarks(db, divisionCode)
  return { divisionCode, on: on ?? dayOf(at), after: after ?? null, limit, marks: marks.map((mark) => `${mark.divisionCode}v${mark.number}`).join('.') || 'none' }
}

export type PublishedListing = ReturnType<typeof published>
export type PublishedCatalogue = { division: string; on: Day; version: number; items: PublishedListing[]; next: string | null }

/** The list in force in a division on a day, one page of it, as the API gives it. Null is 未载明. */
export async function publishCatalogue(context: Context, { divisionCode, on, after, limit }: Edition): Promise<PublishedCatalogue> {
  const { db } = context
  const [version, listings] = await Promise.all([
    versionOn(db, divisionCode, on),
    listListings(db, { divisionCode, on, limit: limit + 1, ...(after !== null && { after }) }),
  ])
  const page = listings.slice(0, limit)
  return { division: divisionCode, on, version, items: page.map((listing) => published(listing, on)), next: listings.length > limit ? (page.at(-1)?.code ?? null) : null }
}

function published(listing: Listing, on: Day) {
  const { code, name, aliases, divisionCode, categoryCode, nature, approvalItems, stages, rules, details, inForceFrom, inForceUntil, sinceVersion } = listing
  return { item: code, name, aliases, division: divisionCode, category: categoryCode, nature, headline: headlineOf(listing, on), approvalItems, stages, rules, details, sample: details.sample, inForceFrom, inForceUntil, sinceVersion }
}

async function marketplaceOf({ db }: Context): Promise<string> {
  const marketplace = await findMarketplace(db)
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  return marketplace.divisionCode
}

async function known({ db }: Context, code: string): Promise<string> {
  if (!(await findDivision(db, code))) throw new Refusal('missing', 'catalogue.division-unknown', { field: 'division' })
  return code
}
