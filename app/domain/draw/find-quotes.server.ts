import type { Database } from '#app/domain/context.ts'
import { listAuctionExtensions, listQuoteEntries, listQuotes } from '#db/repositories/auctions.ts'
import { findEntryBodies } from '#db/views/draw-entries.ts'

/** An auction's quotes with their entries, byte for byte, in the order in which they were taken; and the entries that gave it further rounds. */
export async function findQuotes(db: Database, tenderId: string): Promise<{ quotes: { entry: string; body: string }[]; extensions: string[] }> {
  const [quotes, entries] = [await listQuotes(db, tenderId), await listQuoteEntries(db, tenderId)]
  const extensions = (await listAuctionExtensions(db, tenderId)).map(({ ledgerEntryId }) => ledgerEntryId)
  const bodies = await findEntryBodies(db, [...entries, ...extensions])
  return { quotes: quotes.map(({ body }, place) => ({ entry: bodies.get(entries[place]!)!, body })), extensions: extensions.map((id) => bodies.get(id)!) }
}
