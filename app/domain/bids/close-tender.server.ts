import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { answerOutage } from '#app/domain/tenders/answer-outage.server.ts'
import { dueStep, type Tender } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { insertClosing } from '#db/repositories/tender-closings.ts'
import { lockTender, settleTender } from '#db/repositories/tenders.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { awardAcceptance } from './award-acceptance.server.ts'
import { peopleOn, relationsOn, verdictsOn } from './verdict.ts'

/**
 * Closes a tender whose deadline has passed, exactly once: the tender is held alone, the clock is read after that, and
 * the closing row is unique. Any number of workers and any reader may call it; whoever comes second changes nothing.
 *
 * Outages come first: where the marketplace failed its bidders shortly before the deadline, the deadline moves instead, in this same
 * transaction. Eligibility is asked again for every bid. With too few eligible bidders the tender fails here, publicly. A direct selection
 * whose agency accepted is awarded here: nothing remains to be decided, so no reader ever sees it in between.
 *
 * @returns the tender as it stands afterwards
 * Refuses `tenders.no-such-tender`.
 */
export async function closeTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const tender = await lockTender(trx, { id })
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const at = await context.clock.read(trx)
    if (dueStep(tender, at) !== 'close') return tender
    const moved = await answerOutage(trx, context, { tender: { ...tender, publication: tender.publication }, at })
    if (moved) return moved === 'wait' ? tender : moved
    const { number, procedure, clearance, closesAt } = tender.publication
    const bids = await listReceivedBids(trx, id)
    const bidders = await listBidders(trx, { agencyIds: bids.map((bid) => bid.agencyId), listingCode: clearance.listingCode })
    const ground = await findGround(trx, tender, at)
    const verdicts = verdictsOn(bids, bidders, ground)
    const eligible = verdicts.filter(({ state }) => state === 'eligible').length
    const outcome = eligible < procedure.minimumBidders ? 'too-few-bidders' : procedure.method === 'direct' ? 'accepted' : procedure.method === 'live-auction' ? 'to-auction' : procedure.sealed ? 'to-open' : 'to-draw'
    const closing = { closedAt: at, outcome, eligible, excluded: verdicts.length - eligible } as const

    const facts = { outcome, received: verdicts.length, eligible, minimumBidders: procedure.minimumBidders, closesAt: closesAt.toISOString() }
    const kind = outcome === 'too-few-bidders' ? 'tender.failed' : 'tender.closed'
    const ledger = await tell(trx, context, {
      at,
      act: 'close:tender',
      kind,
      subject: number,
      divisionCode: tender.divisionCode,
      facts,
      event: { type: outcome === 'too-few-bidders' ? 'marketplace.tender.failed.v1' : 'marketplace.tender.closed.v1', data: { tender: number, ...facts, ...(tender.judging && outcome === 'to-open' && { judges: tender.judging.wanted }) } },
    })
    await insertClosing(trx, { tenderId: id, ...closing, verdicts, relations: relationsOn(bids, bidders, verdicts, ground), people: peopleOn(bids, bidders, ground), ledgerEntryId: ledger.entry })
    if (outcome === 'too-few-bidders') await settleTender(trx, id, at)
    if (outcome === 'accepted') return awardAcceptance(trx, context, { tender: { ...tender, closing }, at, bid: bids.find((bid) => verdicts.some((verdict) => verdict.bid === bid.id && verdict.state === 'eligible'))! })
    return { ...tender, closing }
  })
}
