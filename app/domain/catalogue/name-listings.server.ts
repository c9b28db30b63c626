import type { Database } from '../context.ts'
import type { Day } from '../calendar.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import { findListing } from '#db/repositories/listings.ts'
import type { Nature } from './listing.ts'

/** What tells listings of one name apart: whose list each stands on, and what it is by law. */
export type NamedListing = { nature: Nature; division: string }

/** Listings by their codes, as they stand in a division on a day; those that stand there no more are left out. For a few codes. */
export async function nameListings(db: Database, { codes, divisionCode, on }: { codes: readonly string[]; divisionCode: string; on: Day }): Promise<Record<string, NamedListing>> {
  const found = await Promise.all(codes.map((code) => findListing(db, { code, divisionCode, on })))
  const known = found.flatMap((listing) => listing ?? [])
  const names = new Map(await Promise.all([...new Set(known.map((listing) => listing.divisionCode))].map(async (code) => [code, (await findDivision(db, code))?.name ?? code] as const)))
  return Object.fromEntries(known.map(({ code, nature, divisionCode: of }) => [code, { nature, division: names.get(of)! }]))
}
