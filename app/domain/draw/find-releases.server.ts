import type { Database } from '#app/domain/context.ts'
import { listReleases } from '#db/repositories/share-releases.ts'
import { findEntryBodies } from '#db/views/draw-entries.ts'
import type { ShownRelease } from './bundle-steps.ts'

/** What the holders of a tender showed, with the entries that say so, in the order of the log; nothing where one holder opens alone. */
export async function findReleases(db: Database, tenderId: string): Promise<ShownRelease[]> {
  const releases = await listReleases(db, tenderId)
  const bodies = await findEntryBodies(db, releases.map(({ ledgerEntryId }) => ledgerEntryId))
  return releases.map(({ holder, shares, ledgerEntryId }) => ({ holder, shares, entry: bodies.get(ledgerEntryId)! }))
}
