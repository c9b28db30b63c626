import type { Database } from '#app/domain/context.ts'
import type { SearchDocument } from '../search.ts'
import { publishedTenders, wordsOf } from './published-tenders.ts'

/** Every tender from its publication on. Its phase is read from the hour and from how it ended, never stored. */
export async function tenderDocuments(db: Database, numbers: readonly string[]): Promise<SearchDocument<'tender'>[]> {
  const tenders = await publishedTenders(db, numbers)
  return tenders.map((tender) => ({
    kind: 'tender',
    id: tender.number,
    subject: tender.number,
    title: tender.title,
    ...wordsOf({ ...tender, winner: null }),
    code: tender.number,
    facets: [],
    from: null,
    until: null,
    closesAt: tender.closes_at,
    bindsAt: tender.binds_at,
    outcome: tender.outcome,
    newest: tender.published_at,
    shown: { number: tender.number, service: tender.service, owner: tender.owner, ceilingFen: tender.ceiling_fen, closesAt: tender.closes_at.toISOString(), direct: tender.method === 'direct' },
  }))
}
