import type { Context, Database } from '#app/domain/context.ts'
import { dayOf, type Day } from '#app/domain/calendar.ts'
import type { Nature } from '#app/domain/catalogue/listing.ts'
import { listListings } from '#db/repositories/listings.ts'
import type { Case, Material } from './case.ts'
import { isUsual, materialOf } from './usual-material.ts'

const MOST = 100

/** A document that a service of the list yields for the approval of a case, with what the list says of it. */
export type OfferedMaterial = { material: Material; service: string; nature: Nature }

/** What an officer may pick from: the documents of listed services that serve the approval of a case and that it has not yet, by code. */
export async function offerMaterials({ db, clock }: Context, { divisionCode, approvalItem, materials }: Pick<Case, 'divisionCode' | 'approvalItem' | 'materials'>): Promise<OfferedMaterial[]> {
  const listings = await listListings(db, { divisionCode, on: dayOf(await clock.read(db)), filters: { approvalItem }, limit: MOST })
  return listings.map((one) => ({ material: materialOf(one), service: one.name, nature: one.nature })).filter(({ material }) => !materials.some(({ code, listingCode }) => code === material.code || listingCode === material.listingCode))
}

/** The documents that every applicant for an approval may be asked for on a day: what a case begins with that is registered by hand. */
export async function usualMaterials(db: Database, { divisionCode, approvalItem, on }: { divisionCode: string; approvalItem: string; on: Day }): Promise<Material[]> {
  const listings = await listListings(db, { divisionCode, on, filters: { approvalItem }, limit: MOST })
  const materials = listings.filter((one) => isUsual(one, on)).map(materialOf)
  return materials.filter(({ code }, place) => materials.findIndex((other) => other.code === code) === place)
}
