import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { lockAgency } from '#db/repositories/agencies.ts'
import { lockListing } from '#db/repositories/listings.ts'
import { insertOffering, lockOffering, saveWithdrawal } from '#db/repositories/offerings.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { mustHoldWhatIsNeeded } from './needed-qualifications.server.ts'
import { offer, type Offering, type OfferingFields } from './offering.ts'

/**
 * Replaces an own offering by a new version with other terms; the old one is kept, and bids that were made with it stand.
 * The service itself stays: another one is another offering.
 *
 * @throws Refusal `agencies.offering-unknown` (404), also for another agency's and for one replaced by another tab; and whatever
 * a new offer is refused for
 */
export async function changeOffering(context: Context, { offeringId, ...input }: Omit<OfferingFields, 'listingCode'> & { offeringId: string }): Promise<{ offering: Offering; ledger: LedgerReference }> {
  const member = memberWho(context.actor, 'offer:service')
  return transact(context.db, async (trx) => {
    const agency = await lockAgency(trx, member.organisationId)
    const old = await lockOffering(trx, { id: offeringId, agencyId: member.organisationId })
    if (!old) throw new Refusal('missing', 'agencies.offering-unknown')
    const today = dayOf(await context.clock.read(trx))
    const listing = await lockListing(trx, { code: old.listingCode, divisionCode: input.serviceDivisions[0]!, on: today })
    const at = await context.clock.read(trx)
    const offering = offer({ ...input, listingCode: old.listingCode }, { agency, listing, at, on: dayOf(at), id: newId(), replaces: old.id })
    await mustHoldWhatIsNeeded(trx, { agencyId: member.organisationId, categoryCode: listing!.categoryCode, divisionCode: listing!.divisionCode, at })
    await saveWithdrawal(trx, old.id, at)
    if (!(await insertOffering(trx, offering))) throw new Refusal('conflict', 'agencies.offering-exists', { field: 'listingCode' })
    const { conditions, process, fee, promisedDays, serviceDivisions } = offering
    const ledger = await tell(trx, context, {
      at,
      act: 'offer:service',
      kind: 'offering.changed',
      subject: offering.id,
      divisionCode: listing!.divisionCode,
      facts: { agency: member.uscc, listing: offering.listingCode, promisedDays, replaces: old.id },
      payload: { offering: offering.id, conditions, process, fee, promisedDays, serviceDivisions },
      event: { type: 'marketplace.offering.changed.v1', data: { offering: offering.id, replaces: old.id, agency: member.uscc, listing: offering.listingCode } },
    })
    return { offering, ledger }
  })
}
