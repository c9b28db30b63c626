import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { listed, type ListedTender } from '#app/domain/tenders/find-tenders.server.ts'
import { listBidsOfAgency, type BidLine } from '#db/views/tender-lists.ts'

const MOST = 100

export type ListedBid = ListedTender & Pick<BidLine, 'bid' | 'won'>

/** The agency's latest bid in each tender it entered, the latest first. Refuses `accounts.sign-in-first` and `accounts.not-allowed`. */
export async function findMyBids({ db, clock, actor }: Context): Promise<{ bids: ListedBid[]; at: Date }> {
  const { organisationId: agencyId } = memberWho(actor, 'submit:bid')
  const [at, lines] = await Promise.all([clock.read(db), listBidsOfAgency(db, { agencyId, limit: MOST })])
  return { bids: lines.map((line) => listed(line, at)), at }
}
