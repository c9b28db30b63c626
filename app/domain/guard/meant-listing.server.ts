import { ListingCode, type Listing } from '#app/domain/catalogue/listing.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { findListing } from '#db/repositories/listings.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { matchWords } from './match-words.ts'

/** The listing that somebody means by its code, its name or words near enough; null where none is. */
export async function meantListing(db: Database, said: string, { divisionCode, on }: { divisionCode: string; on: Day }): Promise<Listing | null> {
  const typed = said.trim().toUpperCase()
  const code = ListingCode.safeParse(typed).success ? typed : matchWords(said, await listCandidates(db, { divisionCode, on, approvalItem: '' })).code
  return code ? ((await findListing(db, { code, divisionCode, on })) ?? null) : null
}
