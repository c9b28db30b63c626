import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { transact } from '#db/client.ts'
import { insertCancellation } from '#db/repositories/tender-changes.ts'
import { settleTender } from '#db/repositories/tenders.ts'
import { cancelled } from './change.ts'
import { lockOwnPublished } from './own-published.server.ts'
import type { Tender } from './tender.ts'

/**
 * The owner ends the purchase, with a public reason. Before the value that decides is fixed it ends at once, and sealed prices stay
 * sealed. After that the draw (or the ranking of opened prices) still runs and is published, so that nobody cancels a result away
 * unseen; then only the award is not made.
 *
 * @param reason 5 to 500 characters, public
 * Refuses `tenders.no-such-tender`, `life.not-your-tender`, `changes.suspended`, `changes.cancelled`, `changes.cancel-late`.
 */
export async function cancelTender(context: Context, { number, reason }: { number: string; reason: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, at, member } = await lockOwnPublished(trx, context, { number, permission: 'change:tender' })
    const cancellation = cancelled(tender, at)
    const facts = { afterValue: cancellation.afterValue }
    const ledger = await tell(trx, context, {
      at,
      act: 'change:tender',
      kind: 'tender.cancelled',
      subject: number,
      divisionCode: tender.divisionCode,
      facts,
      payload: { reason },
      event: { type: 'marketplace.tender.cancelled.v1', data: { tender: number, project: tender.projectCode, named: tender.method === 'direct', open: at < tender.publication.closesAt, ...facts } },
    })
    await insertCancellation(trx, { tenderId: tender.id, afterValue: cancellation.afterValue, reason, at, by: member.accountId, ledgerEntryId: ledger.entry })
    if (!cancellation.afterValue) await settleTender(trx, tender.id, at)
    return { ...tender, cancellation }
  })
}
