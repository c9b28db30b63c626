import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { transact } from '#db/client.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { saveTender } from '#db/repositories/tenders.ts'
import { missingFrom } from './draft.ts'
import { lockOwnTender } from './own-draft.server.ts'
import { handOver, type Tender } from './tender.ts'

/**
 * Tells the manager that a draft is ready to be published. It binds nobody outside, so the ledger hears nothing of it; the
 * outbox does, so that the manager's inbox can say so. A second click says it once.
 *
 * Refuses `tenders.no-such-tender`, `tenders.not-a-draft`, `drafts.incomplete`.
 */
export async function handOverDraft(context: Context, { id }: { id: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, member } = await lockOwnTender(trx, context, { id, permission: 'draft:tender' })
    const at = await context.clock.read(trx)
    const handed = handOver(tender, { at, by: member.accountId })
    if (missingFrom(tender).length) throw new Refusal('conflict', 'drafts.incomplete')
    if (handed === tender) return tender
    await saveTender(trx, handed)
    await insertAudit(trx, { at, accountId: member.accountId, organisationId: member.organisationId, act: 'draft:tender', subject: id, details: { handedOver: true }, traceId: context.traceId })
    // Ids alone: titles and names of natural persons' projects are not for a queue that others read.
    await insertEvent(trx, { type: 'marketplace.draft.handed-over.v1', subject: id, data: { draft: id, organisation: member.organisationId, by: member.accountId }, at, traceId: context.traceId })
    return handed
  })
}
