import type { MaterialState } from '#app/domain/cases/case.ts'
import type { Database } from '#app/domain/context.ts'

/** A document of a case came into a state that its office wrote down. `reason` is why, where it was turned away. */
export type MaterialTold = { material: string; state: MaterialState; reason: string; at: Date }

/**
 * When the documents of a case changed their states, the first first: read from what every write of the case left in the audit, by
 * its index. The latest ones, where there are more than are asked for.
 */
export async function listMaterialsTold(db: Database, { caseId, limit }: { caseId: string; limit: number }): Promise<MaterialTold[]> {
  const { rows } = await db.raw<{ rows: MaterialTold[] }>(
    `with told as (
      select audit.id, audit.at, one ->> 'code' as material, one ->> 'state' as state, coalesce(one ->> 'reason', '') as reason,
        lag(one ->> 'state') over (partition by one ->> 'code' order by audit.id) as before
      from audits audit cross join lateral jsonb_array_elements(audit.details -> 'after' -> 'materials') one
      where audit.subject = :caseId and audit.act = 'keep:case'
    )
    select material, state, reason, at from (select * from told where state is distinct from before order by id desc limit :limit) latest order by id`,
    { caseId, limit },
  )
  return rows
}
