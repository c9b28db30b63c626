import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber, mustBeOpen } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { findStandingBid, lockBidder, saveBidEnding } from '#db/repositories/bids.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { withdraw, type Bid } from './bid.ts'

/**
 * Takes the agency's own standing bid back, until the deadline and never after. It stays on file and will be an
 * excluded leaf of the pool, since it got a receipt.
 *
 * Refuses `tenders.no-such-tender`, `tenders.closed`, `tenders.no-standing-bid`.
 */
export async function withdrawBid(context: Context, { number }: { number: string }): Promise<Bid> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }, 'share') : undefined
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const { organisationId: agencyId } = memberWho(context.actor, 'submit:bid')
    await lockBidder(trx, agencyId)
    const at = await context.clock.read(trx)
    mustBeOpen(tender, at)
    const standing = await findStandingBid(trx, { tenderId: tender.id, agencyId })
    if (!standing) throw new Refusal('conflict', 'tenders.no-standing-bid')
    const withdrawn = withdraw(standing, at)
    await saveBidEnding(trx, withdrawn)
    await tell(trx, context, {
      at,
      act: 'submit:bid',
      kind: 'bid.withdrawn',
      subject: withdrawn.id,
      divisionCode: tender.divisionCode,
      facts: { bid: withdrawn.hash.toString('hex') },
      event: { type: 'marketplace.bid.withdrawn.v1', data: { bid: withdrawn.id } },
      details: { tender: number },
    })
    return withdrawn
  })
}
