import type { Database } from '#app/domain/context.ts'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { PublishedTender } from '#app/domain/tenders/own-published.server.ts'
import { listBiddersOf } from '#db/repositories/witnesses.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { interestOf, type Interest } from './witness.ts'

/**
 * The interest that a member's organisation has in a tender. Before there is a result only the owner's side and a bid of one's
 * own are asked: an answer about other bidders would tell who has bid. It is all asked at the signature.
 */
export async function interestIn(db: Database, { organisationId }: Pick<Member, 'organisationId'>, tender: PublishedTender, at: Date): Promise<Interest | null> {
  const ground = await findGround(db, tender, at)
  const bidding = await listBiddersOf(db, tender.id)
  const asked = tender.drawnAt ? bidding : bidding.filter((id) => id === organisationId)
  const known = await listBidders(db, { agencyIds: [organisationId, ...asked], listingCode: tender.publication.clearance.listingCode })
  const own = known.get(organisationId)
  if (!own) throw new Error(`A member acts for an organisation that is not on file: ${organisationId}`)
  return interestOf(own, { owner: ground.owner, bidders: asked.map((id) => known.get(id)!), since: ground.since, relatedShare: ground.relatedShare })
}
