import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { lockOwnTender } from './own-draft.server.ts'
import { publishTender } from './publish-tender.server.ts'
import { republishTender } from './republish-tender.server.ts'
import { isTenderNumber, type Tender } from './tender.ts'

/**
 * Publishes one's own failed tender again as it was, in one act: the clearance is asked anew for today, the dates are new.
 * What is refused on the way leaves nothing behind, no draft either.
 *
 * Refuses what {@link republishTender} and {@link publishTender} refuse; `life.republished-already` to whoever comes second.
 */
export async function publishAgain(context: Context, { number }: { number: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const failed = isTenderNumber(number) ? await lockTender(trx, { number }) : undefined
    if (!failed) throw new Refusal('missing', 'tenders.no-such-tender')
    await lockOwnTender(trx, context, { id: failed.id, permission: 'publish:tender' })
    const within = { ...context, db: trx }
    const { id } = await republishTender(within, { id: failed.id })
    return publishTender(within, { id })
  })
}
