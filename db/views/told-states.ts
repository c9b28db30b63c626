import type { Database } from '#app/domain/context.ts'
import type { ToldBefore } from '#app/domain/cases/told-states.ts'
import { statesFrom, type StateJson } from './after-award.ts'

/**
 * When a case was first told of, and the states that it had at any time since an instant: read from what every write of it left in the
 * audit, by its index. Only the few writings that tell a new state ask for it.
 */
export async function findToldBefore(db: Database, { caseId, since }: { caseId: string; since: Date }): Promise<Omit<ToldBefore, 'states'>> {
  const { rows } = await db.raw<{ rows: [{ first: Date | null; earlier: StateJson[] }] }>(
    `select (select min(at) from audits where subject = :caseId and act = 'keep:case') as first,
            coalesce((select jsonb_agg(state order by audit.id) from audits audit cross join lateral jsonb_array_elements(audit.details #> '{before,states}') state
                       where audit.subject = :caseId and audit.act = 'keep:case' and audit.at >= :since), '[]') as earlier`,
    { caseId, since },
  )
  const [{ first, earlier }] = rows
  return { firstToldAt: first, earlierToday: statesFrom(earlier) }
}
