import type { Database } from '#app/domain/context.ts'
import type { Verdict } from '#app/domain/guard/judgement.ts'
import { DEMANDED_WORDS } from './demands.ts'

type Mending = { id: string; verdict: Verdict; title: string; decidedAt: Date }

/** Words that a regulator has read are answered by the reading, which stands for the demand from then on. */
const STANDS = 'not exists (select from word_reviews review where review.decision_id = decided.id)'

/** An authority's latest demands that the list does not carry, refused ones first; called as the list does, else in the officer's own words or by the code that was given. */
export async function listDemandsToMend(db: Database, { authorityId, since, limit }: { authorityId: string; since: Date; limit: number }): Promise<Mending[]> {
  return (await db('guard_decisions as decided')
    .leftJoin('listings', 'listings.id', 'decided.listing_id')
    .where('decided.authority_id', authorityId)
    .whereRaw(STANDS)
    .where('decided.verdict', '<>', 'allowed')
    .where('decided.decided_at', '>=', since)
    .orderBy([{ column: 'decided.verdict', order: 'desc' }, { column: 'decided.ordinal', order: 'desc' }])
    .limit(limit)
    .select({ id: 'decided.id', verdict: 'decided.verdict', title: db.raw(`coalesce(listings.name, ${DEMANDED_WORDS}, '')`), decidedAt: 'decided.decided_at' })) as Mending[]
}

/** How many of an authority's demands got which answer. */
export async function countOwnDemands(db: Database, authorityId: string): Promise<Record<Verdict, number>> {
  const rows = (await db('guard_decisions as decided').where({ authority_id: authorityId }).whereRaw(STANDS).groupBy('verdict').select('verdict').count({ count: '*' })) as { verdict: Verdict; count: number }[]
  return { refused: 0, 'needs-facts': 0, allowed: 0, ...Object.fromEntries(rows.map(({ verdict, count }) => [verdict, Number(count)])) }
}
