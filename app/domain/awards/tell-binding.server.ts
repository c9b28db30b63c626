import type { Context } from '#app/domain/context.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { markBindingTold } from '#db/repositories/awards.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { lockTender } from '#db/repositories/tenders.ts'

/**
 * Tells that an award has become binding, once and for good. It binds by date, whether or not anybody is told, and the
 * ledger said so when it was made; this is what owner, winner and the other bidders hear of it. The tender is held alone
 * and the award's mark is set in the same transaction as the event: however many workers call this, one of them tells.
 *
 * @returns whether this call told it; false while the publicity runs, and for an award that was told or declined
 */
export async function tellBinding(context: Context, { id }: { id: string }): Promise<boolean> {
  const { db, clock, traceId } = context
  return transact(db, async (trx) => {
    const tender = await lockTender(trx, { id })
    const at = await clock.read(trx)
    if (!tender?.publication || statusAt(tender, at) !== 'awarded') return false
    if (!(await markBindingTold(trx, { tenderId: id, at }))) return false
    const { number } = tender.publication
    await insertAudit(trx, { at, accountId: null, organisationId: null, act: 'tell:binding', subject: number, details: {}, traceId })
    await insertEvent(trx, { type: 'marketplace.tender.award-bound.v1', subject: number, data: { tender: number, project: tender.projectCode, publicityEndsAt: tender.publicityEndsAt!.toISOString() }, at, traceId })
    return true
  })
}
