import { newId } from '#app/domain/chance.server.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findTender, insertDraft } from '#db/repositories/tenders.ts'
import { tieToCase } from '#app/domain/cases/tie-to-case.server.ts'
import { isUuid } from '#app/domain/uuid.ts'
import type { TenderDraft } from './draft.ts'
import { fillDraft } from './fill-draft.server.ts'
import { NOTHING_YET, type Tender } from './tender.ts'

/**
 * Writes a draft that its owner alone sees. It binds nobody, so the ledger hears nothing of it.
 *
 * @param id the id that the form was handed; a second click finds the draft of the first and writes no other
 * @param forCase the document of a case of the member's own that the service is bought for, and where its result will go back to
 * Refuses what {@link fillDraft} refuses, each at its field; `tenders.no-such-tender` for an id that is somebody else's.
 */
export async function draftTender(context: Context, draft: TenderDraft, { id = newId(), forCase = null }: { id?: string; forCase?: { caseId: string; material: string } | null } = {}): Promise<Tender> {
  const member = memberWho(context.actor, 'draft:tender')
  if (!isUuid(id)) throw new Refusal('missing', 'tenders.no-such-tender')
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const tender: Tender = {
      id,
      ownerId: member.organisationId,
      ...(await fillDraft(trx, member, draft, at)),
      republishesId: null,
      copiedFromId: null,
      draftedAt: at,
      draftedBy: member.accountId,
      changedAt: at,
      version: 1,
      handedOver: null,
      ...NOTHING_YET,
    }
    if (await insertDraft(trx, tender)) {
      if (forCase) await tieToCase(trx, member, { tenderId: id, listingCode: draft.listingCode, projectCode: draft.projectCode, ...forCase, at })
      return tender
    }
    const first = await findTender(trx, { id })
    if (first?.ownerId !== member.organisationId) throw new Refusal('missing', 'tenders.no-such-tender')
    return first
  })
}
