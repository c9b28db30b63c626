import { newId } from '#app/domain/chance.server.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findListing } from '#db/repositories/listings.ts'
import { insertTender } from '#db/repositories/tenders.ts'
import { findTenderProject } from '#db/views/tender-form.ts'
import type { TenderDraft } from './draft.ts'
import { NOTHING_YET, type Tender } from './tender.ts'

/**
 * Writes a draft that its owner alone sees. It binds nobody, so the ledger hears nothing of it.
 *
 * Refuses `tenders.no-such-project` (also another owner's), `tenders.no-such-listing` (not listed here today), each at its field.
 */
export async function draftTender(context: Context, draft: TenderDraft): Promise<Tender> {
  const member = memberWho(context.actor, 'draft:tender')
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const project = await findTenderProject(trx, draft.projectCode)
    if (!project || project.ownerId !== member.organisationId) throw new Refusal('invalid', 'tenders.no-such-project', { field: 'projectCode' })
    const listing = await findListing(trx, { code: draft.listingCode, divisionCode: project.divisionCode, on: dayOf(at) })
    if (!listing) throw new Refusal('invalid', 'tenders.no-such-listing', { field: 'listingCode' })
    const tender: Tender = {
      id: newId(),
      ownerId: member.organisationId,
      projectCode: project.code,
      listingId: listing.id,
      divisionCode: project.divisionCode,
      title: draft.title,
      requirements: draft.requirements,
      serviceDays: draft.serviceDays,
      ceilingFen: draft.ceiling,
      method: draft.method,
      republishesId: null,
      draftedAt: at,
      draftedBy: member.accountId,
      ...NOTHING_YET,
    }
    await insertTender(trx, tender)
    return tender
  })
}
