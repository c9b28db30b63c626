import { findApprovalItem, listApprovalItems, listItemsOf } from '#db/repositories/approval-items.ts'
import { findDivision, findMarketplace } from '#db/repositories/divisions.ts'
import { listListings } from '#db/repositories/listings.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { ApprovalItem } from './approval-item.ts'
import { headlineOf, type Headline } from './demandability.ts'
import type { Listing, Stage } from './listing.ts'

/** What the authorities approve, in the order of the four stages. Anybody may read it. */
export function showApprovalItems(context: Context, { stage }: { stage?: Stage | undefined } = {}): Promise<ApprovalItem[]> {
  return listApprovalItems(context.db, stage ? { stage } : {})
}

export type ItemsOfDivision = { division: string; items: { item: string; name: string; nationalCode: string | null; stage: Stage; parallel: boolean; authority: string; sample: boolean }[]; next: null }

/**
 * The approval items of a division with their national base codes, as the API gives them. Without a division, the marketplace's own.
 *
 * @throws Refusal `catalogue.division-unknown` (404), `catalogue.no-marketplace` (503)
 */
export async function publishApprovalItems({ db }: Context, { division, stage }: { division?: string | undefined; stage?: Stage | undefined }): Promise<ItemsOfDivision> {
  const divisionCode = division ?? (await findMarketplace(db))?.divisionCode
  if (!divisionCode) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  if (!(await findDivision(db, divisionCode))) throw new Refusal('missing', 'catalogue.division-unknown')
  return { division: divisionCode, items: (await listItemsOf(db, divisionCode, stage)).map(({ code, ...item }) => ({ item: code, ...item })), next: null }
}

export type ShownApprovalItem = { item: ApprovalItem; listings: (Listing & { headline: Headline })[]; today: Day }

/**
 * One approval item with the listed services that name it.
 *
 * @throws Refusal `catalogue.unknown-item` (404)
 */
export async function showApprovalItem(context: Context, code: string): Promise<ShownApprovalItem> {
  const { db } = context
  const [item, at, marketplace] = await Promise.all([findApprovalItem(db, code), context.clock.read(db), findMarketplace(db)])
  if (!item) throw new Refusal('missing', 'catalogue.unknown-item')
  const today = dayOf(at)
  const listings = marketplace ? await listListings(db, { divisionCode: marketplace.divisionCode, on: today, filters: { approvalItem: item.code }, limit: 100 }) : []
  return { item, today, listings: listings.map((listing) => ({ ...listing, headline: headlineOf(listing, today) })) }
}
