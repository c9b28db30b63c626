import type { Context } from '#app/domain/context.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { transact } from '#db/client.ts'
import { saveTender } from '#db/repositories/tenders.ts'
import { lockOwnTender } from './own-draft.server.ts'
import { discard, type Tender } from './tender.ts'

/** Throws one's own draft away. Refuses `tenders.no-such-tender` and `tenders.not-a-draft`. */
export async function discardTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, member } = await lockOwnTender(trx, context, { id, permission: 'draft:tender' })
    const at = await context.clock.read(trx)
    const discarded = discard(tender, at)
    await saveTender(trx, discarded)
    await insertAudit(trx, { at, accountId: member.accountId, organisationId: member.organisationId, act: 'draft:tender', subject: id, details: { discarded: true }, traceId: context.traceId })
    return discarded
  })
}
