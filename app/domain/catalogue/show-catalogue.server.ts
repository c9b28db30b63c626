import { findMarketplace } from '#db/repositories/divisions.ts'
import { catalogueView, type CatalogueView } from '#db/views/catalogue.ts'
import type { ListingFilters } from '#db/repositories/listings.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { PAGE_SIZE } from './catalogue.ts'

type Asked = { on?: Day | undefined; filters: ListingFilters; after?: string | undefined }

export type ShownCatalogue = CatalogueView & { on: Day; today: Day; divisionCode: string; divisionName: string }

/** The marketplace's list as it stands today, or as it stood or will stand on a day. Anybody may read it. */
export async function showCatalogue(context: Context, { on, filters, after }: Asked): Promise<ShownCatalogue> {
  const [at, marketplace] = await Promise.all([context.clock.read(context.db), findMarketplace(context.db)])
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  const today = dayOf(at)
  const day = on ?? today
  const { divisionCode, divisionName } = marketplace
  const view = await catalogueView(context.db, { divisionCode, on: day, filters, limit: PAGE_SIZE, ...(after !== undefined && { after }) })
  return { ...view, on: day, today, divisionCode, divisionName }
}
