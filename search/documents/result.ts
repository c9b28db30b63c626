import { dayOf } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import type { SearchDocument } from '../search.ts'
import { publishedTenders, wordsOf } from './published-tenders.ts'

/** How a tender ended, awarded or failed: found by the winner's name too, and narrowed by the Beijing year. */
export async function resultDocuments(db: Database, numbers: readonly string[]): Promise<SearchDocument<'result'>[]> {
  const tenders = await publishedTenders(db, numbers)
  return tenders.flatMap((tender) => {
    const { settled_at: endedAt } = tender
    if (!endedAt) return []
    return [{
      kind: 'result',
      id: tender.number,
      subject: tender.number,
      title: tender.title,
      ...wordsOf(tender),
      code: tender.number,
      facets: [{ name: 'year', value: dayOf(endedAt).slice(0, 4), label: null }],
      from: null,
      until: null,
      closesAt: tender.closes_at,
      bindsAt: tender.binds_at,
      outcome: tender.outcome,
      newest: endedAt,
      shown: { number: tender.number, service: tender.service, owner: tender.owner, winner: tender.winner, endedAt: endedAt.toISOString() },
    }]
  })
}
