import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { lockTender, markOverdueTold } from '#db/repositories/tenders.ts'
import { overdueCause } from './result-overdue.ts'

/**
 * Tells owner and regulator, once, that the day by which a result had to be announced has passed without one, and what it waits for. It is
 * overdue by date, whether or not anybody is told.
 *
 * @returns whether this call told it; false before that day, where nothing is overdue any more, and where it was told
 */
export async function tellOverdue(context: Context, { id }: { id: string }): Promise<boolean> {
  const { db, clock, traceId } = context
  return transact(db, async (trx) => {
    const tender = await lockTender(trx, { id })
    const at = await clock.read(trx)
    const cause = tender && overdueCause(tender, at)
    if (!tender || !cause || !(await markOverdueTold(trx, id, at))) return false
    const { number, announceBy } = tender.publication!
    await insertAudit(trx, { at, accountId: null, organisationId: null, act: 'tell:overdue', subject: number, details: { cause }, traceId })
    await insertEvent(trx, { type: 'marketplace.tender.result-overdue.v1', subject: number, data: { tender: number, project: tender.projectCode, cause, announceBy: announceBy!.toISOString() }, at, traceId })
    return true
  })
}
