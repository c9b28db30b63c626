import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { lockAgency } from '#db/repositories/agencies.ts'
import { lockListing } from '#db/repositories/listings.ts'
import { insertOffering } from '#db/repositories/offerings.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { mustHoldWhatIsNeeded } from './needed-qualifications.server.ts'
import { offer, type Offering, type OfferingFields } from './offering.ts'

/**
 * Offers one listed service, of whatever nature, as the list stands today where the agency wants to serve.
 *
 * @throws Refusal `agencies.not-admitted`, `agencies.not-committed`, `agencies.returned`, `agencies.qualification-expired`, `agencies.qualification-missing`,
 * `agencies.listing-unknown`, `agencies.division-outside`, `agencies.offering-exists`
 */
export async function offerService(context: Context, input: OfferingFields): Promise<{ offering: Offering; ledger: LedgerReference }> {
  const member = memberWho(context.actor, 'offer:service')
  return transact(context.db, async (trx) => {
    const agency = await lockAgency(trx, member.organisationId)
    const today = dayOf(await context.clock.read(trx))
    const listing = await lockListing(trx, { code: input.listingCode, divisionCode: input.serviceDivisions[0]!, on: today })
    const at = await context.clock.read(trx)
    const offering = offer(input, { agency, listing, at, on: dayOf(at), id: newId() })
    await mustHoldWhatIsNeeded(trx, { agencyId: member.organisationId, categoryCode: listing!.categoryCode, divisionCode: listing!.divisionCode, at })
    if (!(await insertOffering(trx, offering))) throw new Refusal('conflict', 'agencies.offering-exists', { field: 'listingCode' })
    const { conditions, process, fee, promisedDays, serviceDivisions } = offering
    const ledger = await tell(trx, context, {
      at,
      act: 'offer:service',
      kind: 'offering.published',
      subject: offering.id,
      divisionCode: listing!.divisionCode,
      facts: { agency: member.uscc, listing: offering.listingCode, promisedDays },
      payload: { offering: offering.id, conditions, process, fee, promisedDays, serviceDivisions },
      event: { type: 'marketplace.offering.published.v1', data: { offering: offering.id, agency: member.uscc, listing: offering.listingCode } },
    })
    return { offering, ledger }
  })
}
