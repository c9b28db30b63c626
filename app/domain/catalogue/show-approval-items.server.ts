import { findApprovalItem, listApprovalItems } from '#db/repositories/approval-items.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
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
