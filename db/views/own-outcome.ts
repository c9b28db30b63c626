import type { Outcome } from '#app/domain/bids/standing.ts'
import type { Database } from '#app/domain/context.ts'

/** Why one agency's standing bid did not count at the close, or was passed over at an award; null where neither happened. */
export async function findOwnOutcome(db: Database, { tenderId, bidId, uscc }: { tenderId: string; bidId: string; uscc: string | null }): Promise<Outcome | null> {
  const { rows } = await db.raw<{ rows: Outcome[] }>(
    `select 'close' as at, verdict -> 'reasons' as reasons from tender_closings closing, jsonb_array_elements(closing.verdicts) as verdict
      where closing.tender_id = :tenderId and verdict ->> 'bid' = :bidId and verdict ->> 'state' = 'excluded'
     union all
     select 'award', passed -> 'reasons' from award_checks checked, jsonb_array_elements(checked.passed_over) as passed
      where checked.tender_id = :tenderId and passed ->> 'label' = :uscc
      limit 1`,
    { tenderId, bidId, uscc },
  )
  return rows[0] ?? null
}
