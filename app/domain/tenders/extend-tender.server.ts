import type { Period } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { closesAfterExtension, mustBeChangeable } from './change.ts'
import { moveDates } from './move-dates.server.ts'
import { lockOwnPublished } from './own-published.server.ts'
import type { Tender } from './tender.ts'

/**
 * The owner gives everybody more time, with a public reason: only while bids are taken, which is before the value that decides, and
 * only forwards.
 *
 * @param by counted from the deadline that stands
 * @returns the tender with the dates in force
 * Refuses `tenders.no-such-tender`, `life.not-your-tender`, `tenders.closed`, `changes.suspended`, `changes.cancelled`, `changes.too-far`.
 */
export async function extendTender(context: Context, { number, by, reason }: { number: string; by: Period; reason: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, at } = await lockOwnPublished(trx, context, { number, permission: 'change:tender' })
    mustBeChangeable(tender, at)
    const closesAt = closesAfterExtension(tender.publication, by, await calendarOf(trx, tender.divisionCode))
    return moveDates(trx, context, { tender, at, cause: 'owner', reason, closesAt })
  })
}
