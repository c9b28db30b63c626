import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { listTendersOfOwner } from '#db/views/tender-lists.ts'
import { listed, type ListedTender } from './find-tenders.server.ts'

const MOST = 100

/** The owner's own tenders, drafts included, the latest first. Refuses `accounts.sign-in-first` and `accounts.not-allowed`. */
export async function findMyTenders({ db, clock, actor }: Context): Promise<{ tenders: ListedTender[]; at: Date }> {
  const { organisationId: ownerId } = memberWho(actor, 'draft:tender')
  const [at, lines] = await Promise.all([clock.read(db), listTendersOfOwner(db, { ownerId, limit: MOST })])
  return { tenders: lines.map((line) => listed(line, at)), at }
}
