import { can } from '#app/domain/accounts/actor.ts'
import { findEntryFaults } from '#app/domain/agencies/find-entry-faults.server.ts'
import type { Context } from '#app/domain/context.ts'
import { countReceivedBids, findStandingBid } from '#db/repositories/bids.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { findOwnOutcome } from '#db/views/own-outcome.ts'
import { bidsLeft } from './bid.ts'
import { reasonsAgainst } from './eligibility.ts'
import { reasonsBehind, type Standing } from './standing.ts'

/** Answers "why can I not bid?" with the same function that will judge the bid. Null for whoever is no agency. */
export async function askEligibility({ db, actor, clock }: Context, { number }: { number: string }): Promise<Standing | null> {
  if (actor.kind !== 'member' || !can(actor, 'submit:bid')) return null
  const tender = await findTender(db, { number })
  if (!tender?.publication) return null
  const agencyId = actor.organisationId
  const at = await clock.read(db)
  const [ground, bidders, bid, received, entryFaults] = await Promise.all([
    findGround(db, tender, at),
    listBidders(db, { agencyIds: [agencyId], listingCode: tender.publication.clearance.listingCode }),
    findStandingBid(db, { tenderId: tender.id, agencyId }),
    countReceivedBids(db, { tenderId: tender.id, agencyId }),
    findEntryFaults(db, agencyId),
  ])
  const out = bid && tender.closing ? await findOwnOutcome(db, { tenderId: tender.id, bidId: bid.id, uscc: actor.uscc }) : null
  // Under a seal the contribution is as hidden as the price.
  const contribution = bid ? ((JSON.parse(bid.body) as { contribution?: string }).contribution ?? '') : ''
  const bidder = { ...bidders.get(agencyId)!, entryFaults }
  return {
    reasons: reasonsAgainst(bidder, ground),
    behind: reasonsBehind(bidder, ground),
    out,
    bid: bid ? { id: bid.id, receivedAt: bid.receivedAt, hash: bid.hash.toString('hex'), contribution } : null,
    bidsLeft: bidsLeft(tender.publication.procedure, received),
  }
}
