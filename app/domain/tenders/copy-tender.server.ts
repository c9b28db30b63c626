import { newId } from '#app/domain/chance.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findListing, findWording } from '#db/repositories/listings.ts'
import { insertTender } from '#db/repositories/tenders.ts'
import { lockOwnTender } from './own-draft.server.ts'
import { NOTHING_YET, type Tender } from './tender.ts'

/**
 * Copies one's own tender or draft, whatever became of it, into a new draft: for the next purchase of the same kind. It is
 * no republication, so it has a draw of its own and may be changed in every line.
 *
 * Refuses `tenders.no-such-tender`, `tenders.no-such-listing` (the service is not listed any more).
 */
export async function copyTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, member } = await lockOwnTender(trx, context, { id, permission: 'draft:tender' })
    const at = await context.clock.read(trx)
    const wording = await findWording(trx, tender.listingId)
    const listing = wording && (await findListing(trx, { code: wording.code, divisionCode: tender.divisionCode, on: dayOf(at) }))
    if (!listing) throw new Refusal('conflict', 'tenders.no-such-listing')
    const copy: Tender = {
      ...tender,
      ...NOTHING_YET,
      id: newId(),
      listingId: listing.id,
      republishesId: null,
      copiedFromId: tender.id,
      draftedAt: at,
      draftedBy: member.accountId,
      changedAt: at,
      version: 1,
      handedOver: null,
    }
    await insertTender(trx, copy)
    return copy
  })
}
