import type { Database } from '#app/domain/context.ts'

/** Does this authority keep cases here, and none of this number? */
export async function lacksCase(db: Database, { authorityId, number }: { authorityId: string; number: string }): Promise<boolean> {
  const { rows } = await db.raw<{ rows: [{ lacks: boolean }] }>('select exists (select from cases where authority_id = :authorityId) and not exists (select from cases where authority_id = :authorityId and number = :number) as lacks', { authorityId, number })
  return rows[0].lacks
}
