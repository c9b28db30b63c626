import type { Database } from '#app/domain/context.ts'
import type { LeadLimits } from '#app/domain/oversight/lead.ts'
import { CONCENTRATION } from './leads-of-demands.ts'
import { concentrationBindings } from './leads.ts'

/** `delivered`: how many of `count` have an accepted result in a case of the authority. */
export type Share = { authority: string; agency: string; uscc: string; count: number; of: number; delivered: number }

/** Each authority's agencies by how many of the awards that go back to its demands and cases they won, the largest share first. */
export async function listShares(db: Database, { at, divisionPrefix, concentration, limit }: { at: Date; divisionPrefix: string; concentration: LeadLimits['concentration']; limit: number }): Promise<Share[]> {
  const { rows } = await db.raw<{ rows: Share[] }>(
    `select authority.name as authority, agency.name as agency, agency.uscc, cast(held.count as int) as count, held.of_count as of, cast(held.delivered as int) as delivered
       from (${CONCENTRATION}) as held
       join organisations authority on authority.id = held.authority_id
       join organisations agency on agency.id = held.agency_id
      where held.count > 1
      order by held.of_count >= :concentrationFrom desc, cast(held.count as numeric) / held.of_count desc, held.of_count desc, agency.uscc, authority.id
      limit :limit`,
    { here: `${divisionPrefix}%`, at, limit, ...concentrationBindings(at, concentration) } as never,
  )
  return rows
}
