import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { listed, type ListedTender } from '#app/domain/tenders/find-tenders.server.ts'
import { listBidsOfAgency, type BidLine } from '#db/views/tender-lists.ts'

const PAGE = 10

export type ListedBid = ListedTender & Pick<BidLine, 'bid' | 'won'>

/**
 * The agency's latest bid in each tender it entered, the latest first, a page at a time.
 *
 * @param before the id of the last bid of the page before
 * @returns the bids, and the id to go on with where there are more
 *
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function findMyBids({ db, clock, actor }: Context, { before = null }: { before?: string | null } = {}): Promise<{ bids: ListedBid[]; next: string | null }> {
  const { organisationId: agencyId } = memberWho(actor, 'submit:bid')
  const [at, lines] = await Promise.all([clock.read(db), listBidsOfAgency(db, { agencyId, before, limit: PAGE + 1 })])
  const bids = lines.slice(0, PAGE).map((line) => listed(line, at))
  return { bids, next: lines.length > PAGE ? bids.at(-1)!.bid.id : null }
}
