import type { Database } from '#app/domain/context.ts'
import type { OverdueCause } from '#app/domain/tenders/result-overdue.ts'
import { WITH_OUTCOMES } from '../repositories/tenders.ts'

const isShort = `coalesce(judging.declared, 0) < cast(tenders.merit ->> 'judges' as int)`
const value = `case when tenders.draw_source = 'local' or values.tender_id is not null then 'clock' end`

/** Tenders without the result that they should have announced by `:at`, with what that waits for: the twin of `overdueCause`. */
export const OVERDUE_RESULTS = `
  select late.* from (
    select tenders.id, tenders.number, tenders.title, tenders.owner_id, tenders.division_code, tenders.announce_by, tenders.overdue_told_at,
           case when closings.tender_id is null then case when waiting.open_questions > 0 then 'answer' else 'clock' end
                when pools.tender_id is null then 'clock'
                when shortlists.tender_id is not null then 'pick'
                when openings.tender_id is null and coalesce(released.releases, 0) + 1 < coalesce(cast(tenders.sealing ->> 'threshold' as int), 0) then 'shares'
                when tenders.merit is not null and reveals.tender_id is null then case when ${isShort} then 'judges' when openings.tender_id is not null then 'sheets' else 'clock' end
                when openings.tender_id is null and (tenders.sealing is not null or auctions.tender_id is not null) then 'clock'
                else ${value} end as cause
      from tenders ${WITH_OUTCOMES}
     where tenders.settled_at is null and tenders.published_at is not null and tenders.announce_by <= :at and tenders.closes_at <= :at
       and suspensions.tender_id is null and cancellations.tender_id is null and awards.tender_id is null
  ) as late where late.cause is not null`

/** Results of a division that should have been announced by now, the longest overdue first. */
export async function listOverdueResults(db: Database, { divisionPrefix, at, limit }: { divisionPrefix: string; at: Date; limit: number }): Promise<{ number: string; title: string; announceBy: Date; cause: OverdueCause }[]> {
  const { rows } = await db.raw<{ rows: { number: string; title: string; announceBy: Date; cause: OverdueCause }[] }>(
    `select number, title, announce_by as "announceBy", cause from (${OVERDUE_RESULTS}) as overdue where division_code like :here order by announce_by, id limit :limit`,
    { at, here: `${divisionPrefix}%`, limit },
  )
  return rows
}

/** The same everywhere, of which nobody was told yet. */
export async function listUntoldOverdue(db: Database, at: Date, limit: number): Promise<{ id: string; number: string }[]> {
  const { rows } = await db.raw<{ rows: { id: string; number: string }[] }>(`select id, number from (${OVERDUE_RESULTS}) as overdue where overdue_told_at is null order by announce_by, id limit :limit`, { at, limit })
  return rows
}
