import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { saveMark } from '#db/repositories/messages.ts'

/**
 * Marks everything as read up to the newest message that the reader saw; what came meanwhile stays unread.
 * It counts for this account alone.
 *
 * @param upTo the id of that message
 */
export async function readMessages({ db, actor, clock }: Context & { actor: Member }, { upTo }: { upTo: number }): Promise<void> {
  await transact(db, async (trx) => saveMark(trx, actor, { upTo, at: await clock.read(trx) }))
}
