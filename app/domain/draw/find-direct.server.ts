import type { Database } from '#app/domain/context.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findAcceptanceBodies, listMoves } from '#db/views/draw-entries.ts'
import { buildDirect, type DirectBundle } from './direct-bundle.ts'

/** What shows that the agency named in a direct selection accepted in time and was awarded; undefined where nobody was. It is put together from the rows each time: a decline may still come. */
export async function findDirect(db: Database, number: string): Promise<DirectBundle | undefined> {
  const tender = isTenderNumber(number) ? await findTender(db, { number }) : undefined
  if (tender?.method !== 'direct') return undefined
  const [bodies, moves] = await Promise.all([findAcceptanceBodies(db, tender.id), listMoves(db, tender.id)])
  return bodies && buildDirect({ ...bodies, moves })
}
