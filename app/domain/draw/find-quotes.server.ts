import type { Database } from '#app/domain/context.ts'
import { listQuoteEntries, listQuotes } from '#db/repositories/auctions.ts'
import { findEntryBodies } from '#db/views/draw-entries.ts'

/** An auction's quotes with their entries, byte for byte, in the order in which they were taken. */
export async function findQuotes(db: Database, tenderId: string): Promise<{ entry: string; body: string }[]> {
  const [quotes, entries] = [await listQuotes(db, tenderId), await listQuoteEntries(db, tenderId)]
  const entryBodies = await findEntryBodies(db, entries)
  return quotes.map(({ body }, place) => ({ entry: entryBodies.get(entries[place]!)!, body }))
}
