import { newId } from '#app/domain/chance.server.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findListing } from '#db/repositories/listings.ts'
import { lockProject } from '#db/repositories/projects.ts'
import { findSameExemption, insertExemption } from '#db/repositories/purchase-exemptions.ts'
import { findTenderProject } from '#db/views/tender-form.ts'
import type { ExemptionForm } from './exemption.ts'

/**
 * Records why a purchase goes without procurement: disaster relief, an accident inquiry, a state secret (政府采购法 85). It
 * binds the owner, so its manager says it, and the ledger keeps which case it was. The reason enters as a salted hash, and of
 * a secret purchase neither the service nor the sum is told.
 *
 * @returns the record; the same purchase said again in the same words is a form sent twice, and stays one
 * Refuses `tenders.no-such-project`, `tenders.no-such-listing`, each at its field.
 */
export async function recordExemption(context: Context, { projectCode, listingCode, ceiling, exemption, reason }: ExemptionForm): Promise<{ id: string }> {
  const member = memberWho(context.actor, 'publish:tender')
  return transact(context.db, async (trx) => {
    // Held, so that of two clicks at once the second sees what the first one recorded.
    await lockProject(trx, projectCode)
    const at = await context.clock.read(trx)
    const project = await findTenderProject(trx, projectCode)
    if (!project || project.ownerId !== member.organisationId) throw new Refusal('invalid', 'tenders.no-such-project', { field: 'projectCode' })
    const listing = await findListing(trx, { code: listingCode, divisionCode: project.divisionCode, on: dayOf(at) })
    if (!listing) throw new Refusal('invalid', 'tenders.no-such-listing', { field: 'listingCode' })
    const sentTwice = await findSameExemption(trx, { projectCode: project.code, listingId: listing.id, exemption, reason, ceilingFen: ceiling })
    if (sentTwice) return sentTwice
    const id = newId()
    const ledger = await tell(trx, context, {
      at,
      act: 'publish:tender',
      kind: 'purchase.exempted',
      subject: project.code,
      divisionCode: project.divisionCode,
      facts: { exemption, owner: member.uscc, ...(exemption !== 'state-secret' && { listing: listing.code, ceilingFen: ceiling }) },
      concealed: { reason },
      details: { exemption: id },
    })
    await insertExemption(trx, { id, ownerId: member.organisationId, projectCode: project.code, listingId: listing.id, exemption, reason, ceilingFen: ceiling, recordedBy: member.accountId, recordedAt: at, ledgerEntryId: ledger.entry })
    return { id }
  })
}
