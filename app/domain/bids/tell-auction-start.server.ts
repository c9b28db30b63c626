import type { Context } from '#app/domain/context.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { markStartTold } from '#db/repositories/auctions.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { lockTender } from '#db/repositories/tenders.ts'

/**
 * Tells owner and bidders that an auction has begun, once. It begins by the clock, whether or not anybody is told, and the ledger has had
 * its instants since the freeze; so nothing waits for this, and a worker that comes after the last round tells nothing, nor one that
 * comes after further rounds were told.
 *
 * @returns whether this call told it; false before the first round, after the last, for a cancelled tender, and where it was told
 */
export async function tellAuctionStart(context: Context, { id }: { id: string }): Promise<boolean> {
  const { db, clock, traceId } = context
  return transact(db, async (trx) => {
    const tender = await lockTender(trx, { id })
    const at = await clock.read(trx)
    if (!tender?.publication || !tender.auction || tender.cancellation || statusAt(tender, at) !== 'auction' || tender.auction.further || at >= tender.auction.endsAt) return false
    if (!(await markStartTold(trx, { tenderId: id, at }))) return false
    const { number } = tender.publication
    const { startsAt, endsAt } = tender.auction
    await insertAudit(trx, { at, accountId: null, organisationId: null, act: 'tell:auction', subject: number, details: {}, traceId })
    await insertEvent(trx, { type: 'marketplace.tender.auction-started.v1', subject: number, data: { tender: number, project: tender.projectCode, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }, at, traceId })
    return true
  })
}
