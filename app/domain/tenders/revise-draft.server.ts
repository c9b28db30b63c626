import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { saveTender } from '#db/repositories/tenders.ts'
import type { TenderDraft } from './draft.ts'
import { fillDraft } from './fill-draft.server.ts'
import { lockOwnTender } from './own-draft.server.ts'
import { revise, type Tender } from './tender.ts'

/**
 * Saves one's own draft again. A draft that was handed over has to be handed over again, since it is another one now.
 *
 * @param version what the writer has seen; another saving in between (a second tab, a colleague) refuses this one
 * @returns the draft as it stands, at its next version
 * Refuses `tenders.no-such-tender`, `tenders.not-a-draft`, `drafts.stale`, `drafts.republication`, and what {@link fillDraft} refuses.
 */
export async function reviseDraft(context: Context, { id, version, draft }: { id: string; version: number; draft: TenderDraft }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, member } = await lockOwnTender(trx, context, { id, permission: 'draft:tender' })
    const at = await context.clock.read(trx)
    // Whether it may be changed at all is said before what is wrong with the change.
    revise(tender, {}, { version, at })
    const revised = revise(tender, await fillDraft(trx, member, draft, at), { version, at })
    await saveTender(trx, revised)
    return revised
  })
}
