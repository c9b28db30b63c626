import { transact } from '#db/client.ts'
import { lockOffering, saveWithdrawal } from '#db/repositories/offerings.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'

/**
 * Takes an own offering off the market; bids that were made with it stand.
 *
 * @throws Refusal `agencies.offering-unknown` (404), also for another agency's and for one already withdrawn
 */
export async function withdrawOffering(context: Context, { offeringId }: { offeringId: string }): Promise<LedgerReference> {
  const member = memberWho(context.actor, 'offer:service')
  return transact(context.db, async (trx) => {
    const offering = await lockOffering(trx, { id: offeringId, agencyId: member.organisationId })
    if (!offering) throw new Refusal('missing', 'agencies.offering-unknown')
    const at = await context.clock.read(trx)
    await saveWithdrawal(trx, offering.id, at)
    return tell(trx, context, {
      at,
      act: 'offer:service',
      kind: 'offering.withdrawn',
      subject: offering.id,
      divisionCode: member.divisionCode,
      facts: { agency: member.uscc, listing: offering.listingCode },
      event: { type: 'marketplace.offering.withdrawn.v1', data: { offering: offering.id, agency: member.uscc, listing: offering.listingCode } },
    })
  })
}
