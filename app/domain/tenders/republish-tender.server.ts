import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { copyCaseTender } from '#db/repositories/cases.ts'
import { findListing, findWording } from '#db/repositories/listings.ts'
import { findRepublication, insertTender } from '#db/repositories/tenders.ts'
import { lockOwnTender } from './own-draft.server.ts'
import { mayFollow, NOTHING_YET, statusAt, type Tender } from './tender.ts'

/**
 * Makes a new draft of one's own failed or cancelled tender, to be published as it is. It names the one it follows, and its draw
 * will say which number it has, and it is for the document of the case for which the first one was.
 *
 * Refuses `tenders.no-such-tender`, `tenders.not-failed`, `life.republished-already` (once is enough, unless that draft
 * was thrown away; an index says the same), `tenders.no-such-listing` (the service is not listed any more).
 */
export async function republishTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, member } = await lockOwnTender(trx, context, { id, permission: 'draft:tender' })
    const at = await context.clock.read(trx)
    if (!mayFollow(statusAt(tender, at))) throw new Refusal('conflict', 'tenders.not-failed')
    // The failed tender is held, so of two clicks at once the second sees what the first one made.
    const first = await findRepublication(trx, tender.id)
    if (first) throw new Refusal('conflict', 'life.republished-already', { params: { number: first.number ?? '' } })
    const wording = await findWording(trx, tender.listingId)
    const listing = wording && (await findListing(trx, { code: wording.code, divisionCode: tender.divisionCode, on: dayOf(at) }))
    if (!listing) throw new Refusal('conflict', 'tenders.no-such-listing')
    const draft: Tender = {
      ...tender,
      ...NOTHING_YET,
      id: newId(),
      listingId: listing.id,
      republishesId: tender.id,
      copiedFromId: null,
      draftedAt: at,
      draftedBy: member.accountId,
      changedAt: at,
      version: 1,
      handedOver: null,
    }
    await insertTender(trx, draft)
    await copyCaseTender(trx, { from: tender.id, to: draft.id, at })
    return draft
  })
}
