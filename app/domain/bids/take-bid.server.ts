import type { Knex } from 'knex'
import { newId } from '#app/domain/chance.server.ts'
import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import { findEntryFaults } from '#app/domain/agencies/find-entry-faults.server.ts'
import type { Context } from '#app/domain/context.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber, mustBeOpen, type Publication, type Tender } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { countReceivedBids, findBid, findStandingBid, insertBid, lockBidder, saveBidEnding } from '#db/repositories/bids.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { bidsLeft, type Bid } from './bid.ts'
import { reasonsAgainst } from './eligibility.ts'
import { markDevice } from '#app/domain/accounts/mark-device.server.ts'
import { paramsOf, reasonsBehind } from './standing.ts'
import { receiptText } from './receipt.ts'

type Written = { tender: Tender & { publication: Publication }; member: Member; bid: string }

/**
 * Takes a bid of any method, in the place of the agency's earlier one if it has one.
 *
 * The tender is held first and the clock read afterwards: whoever waited over the deadline is late, by a millisecond
 * or by a minute. The ledger learns the hash alone: neither who bids nor for which tender can be read from it before
 * the pool is frozen.
 *
 * @param id the bid's own id, where the sender chose it; the same bid sent twice stays one bid, with its first receipt; another one under its id is refused (`sealing.bid-known`), and so is one that was taken back or replaced since (`sealing.bid-withdrawn`, `sealing.bid-replaced`)
 * @param write makes the body, whose SHA-256 is the bid's hash; what it refuses is refused
 * @returns the standing bid with its signed receipt
 */
export async function takeBid(context: Context, { number, id = newId() }: { number: string; id?: string }, write: (written: Written, trx: Knex.Transaction) => string | Promise<string>): Promise<Bid> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }, 'share') : undefined
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const { publication } = tender
    const member = memberWho(context.actor, 'submit:bid')
    const agencyId = member.organisationId
    await lockBidder(trx, agencyId)
    // Asked together, they travel together; none of them is read before the tender and the bidder are held.
    const [at, known, received, earlier] = await Promise.all([
      context.clock.read(trx),
      findBid(trx, id),
      countReceivedBids(trx, { tenderId: tender.id, agencyId }),
      findStandingBid(trx, { tenderId: tender.id, agencyId }),
    ])
    if (known && (known.agencyId !== agencyId || known.tenderId !== tender.id)) throw new Refusal('conflict', 'sealing.bid-known')
    if (known) {
      if (!sha256(await write({ tender: { ...tender, publication }, member, bid: id }, trx)).equals(known.hash)) throw new Refusal('conflict', 'sealing.bid-known')
      // A form of before that is sent again, from another tab or by going back, must not look as if it stood.
      if (known.withdrawnAt) throw new Refusal('conflict', 'sealing.bid-withdrawn')
      if (known.replacedAt) throw new Refusal('conflict', 'sealing.bid-replaced')
      return known
    }
    mustBeOpen(tender, at)
    const { bidsPerAgency } = publication.procedure
    // Every receipt is a leaf of the pool and an entry of the ledger for ever, so nobody may ask for them without end.
    if (bidsLeft({ bidsPerAgency }, received) === 0) {
      throw new Refusal('conflict', 'tenders.too-many-bids', { params: { limit: bidsPerAgency } })
    }
    const [ground, bidders, entryFaults] = await Promise.all([
      findGround(trx, tender, at),
      listBidders(trx, { agencyIds: [agencyId], listingCode: publication.clearance.listingCode }),
      findEntryFaults(trx, agencyId),
    ])
    const bidder = { ...bidders.get(agencyId)!, entryFaults }
    const [reason] = reasonsAgainst(bidder, ground)
    if (reason) throw new Refusal('conflict', `tenders.ineligible-${reason}`, { params: paramsOf(reasonsBehind(bidder, ground)) })

    const body = await write({ tender: { ...tender, publication }, member, bid: id }, trx)
    const hash = sha256(body)
    const ledger = await tell(trx, context, {
      at,
      act: 'submit:bid',
      kind: 'bid.received',
      subject: id,
      divisionCode: tender.divisionCode,
      facts: { bid: hash.toString('hex') },
      event: { type: earlier ? 'marketplace.bid.replaced.v1' : 'marketplace.bid.received.v1', data: { bid: id } },
      details: { tender: number, replaces: earlier?.id ?? null },
    })
    const receipt = receiptText(context.keyring, { tender: number, bid: id, bidHash: hash, body, receivedAt: at, ledger })
    const bid = { id, tenderId: tender.id, agencyId, body, hash, receivedAt: at, replacedAt: null, withdrawnAt: null, receipt }
    if (earlier) await saveBidEnding(trx, { ...earlier, replacedAt: at })
    const ordinal = await insertBid(trx, bid, { submittedBy: member.accountId, ledgerEntryId: ledger.entry })
    await markDevice(trx, context, { tender, number, organisationId: agencyId, at })
    return { ...bid, ordinal }
  })
}
