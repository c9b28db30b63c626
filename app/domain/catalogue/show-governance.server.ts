import { listCategories } from '#db/repositories/categories.ts'
import { listVersions } from '#db/repositories/catalogue-versions.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import { findListing, listListings } from '#db/repositories/listings.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { CatalogueVersion } from './catalogue.ts'
import type { Category } from './category.ts'
import { headlineOf, isDemandable } from './demandability.ts'
import type { Listing } from './listing.ts'

const LATEST = 5
const A_PAGE = 20

export type Governance = { divisionName: string; versions: (CatalogueVersion & { begun: number; ended: number })[]; demandable: Listing[]; next: string | null; today: Day }

/**
 * What a regulator governs: the latest versions of its list and, page by page, what may be demanded today.
 *
 * @param after the last code of the page before
 */
export async function showGovernance(context: Context, { after }: { after?: string | undefined } = {}): Promise<Governance> {
  const { db } = context
  const { divisionCode } = memberWho(context.actor, 'adopt:listing')
  const [at, division, versions] = await Promise.all([context.clock.read(db), findDivision(db, divisionCode), listVersions(db, divisionCode)])
  const today = dayOf(at)
  const statutory = await listListings(db, { divisionCode, on: today, filters: { nature: 'statutory' }, limit: A_PAGE + 1, ...(after !== undefined && { after }) })
  const page = statutory.slice(0, A_PAGE)
  return { divisionName: division?.name ?? divisionCode, versions: versions.slice(0, LATEST), demandable: page.filter((listing) => isDemandable(headlineOf(listing, today))), next: statutory.length > A_PAGE ? page.at(-1)!.code : null, today }
}

export type Drafting = { categories: Category[]; before: Listing | null; today: Day }

/** What the form of a new wording needs; with a code, the wording that holds today. */
export async function prepareWording(context: Context, { code }: { code?: string | undefined }): Promise<Drafting> {
  const { db } = context
  const { divisionCode } = memberWho(context.actor, 'adopt:listing')
  const today = dayOf(await context.clock.read(db))
  const [categories, before] = await Promise.all([listCategories(db), code === undefined ? undefined : findListing(db, { code, divisionCode, on: today })])
  return { categories, before: before ?? null, today }
}

/**
 * The wording that a regulator is about to take off its list.
 *
 * @throws Refusal `catalogue.unknown` (404), `catalogue.other-division` (403)
 */
export async function prepareRetirement(context: Context, code: string): Promise<{ listing: Listing; today: Day }> {
  const { db } = context
  const { divisionCode } = memberWho(context.actor, 'retire:listing')
  const today = dayOf(await context.clock.read(db))
  const listing = await findListing(db, { code, divisionCode, on: today })
  if (!listing) throw new Refusal('missing', 'catalogue.unknown')
  if (listing.divisionCode !== divisionCode) throw new Refusal('forbidden', 'catalogue.other-division')
  return { listing, today }
}
