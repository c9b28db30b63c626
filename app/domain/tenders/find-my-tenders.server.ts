import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { listTendersOfOwner } from '#db/views/tender-lists.ts'
import { listed, type ListedTender } from './find-tenders.server.ts'
import type { OwnList } from './own-list.ts'

const PAGE = 20

type Wanted = { projectCode?: string; show?: OwnList; before?: string; limit?: number }

/**
 * The owner's own tenders, drafts included, the latest change first.
 *
 * @param projectCode only those for this project
 * @param before the id at the end of the page before; one that is not the owner's gives an empty page
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function findMyTenders({ db, clock, actor }: Context, { projectCode, show, before, limit = PAGE }: Wanted = {}): Promise<{ tenders: ListedTender[]; next: string | null; at: Date }> {
  const { organisationId: ownerId } = memberWho(actor, 'draft:tender')
  const behind = before !== undefined && isUuid(before) ? before : undefined
  const [at, lines] = await Promise.all([clock.read(db), listTendersOfOwner(db, { ownerId, projectCode, show, before: behind, limit: limit + 1 })])
  const tenders = lines.slice(0, limit).map((line) => listed(line, at))
  return { tenders, next: lines.length > limit ? tenders.at(-1)!.tender.id : null, at }
}
