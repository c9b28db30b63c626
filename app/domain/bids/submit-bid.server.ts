import { newId, newSalt } from '#app/domain/chance.server.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import { findEntryFaults } from '#app/domain/agencies/find-entry-faults.server.ts'
import type { Context } from '#app/domain/context.ts'
import { canonical, sha256 } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber, mustBeOpen } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { countReceivedBids, findStandingBid, insertBid, lockBidder, saveBidEnding } from '#db/repositories/bids.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { bidsLeft, type Bid, type BidBody } from './bid.ts'
import { reasonsAgainst } from './eligibility.ts'
import { receiptText } from './receipt.ts'

/**
 * Takes an agency's bid, in the place of its earlier one if it has one.
 *
 * The tender is held first and the clock read afterwards: whoever waited over the deadline is late, by a millisecond
 * or by a minute. The ledger learns the hash alone: neither who bids nor for which tender can be read from it before
 * the pool is frozen.
 *
 * @param number the tender's number
 * @param contribution what the agency adds to the pool that is drawn from, at most 256 bytes of UTF-8, may be empty
 * @returns the standing bid with its signed receipt
 * Refuses `tenders.no-such-tender`, `tenders.closed`, `tenders.contribution-long`, `tenders.too-many-bids`,
 * `tenders.ineligible-<reason>`.
 */
export async function submitBid(context: Context, { number, contribution }: { number: string; contribution: string }): Promise<Bid> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }, 'share') : undefined
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const member = memberWho(context.actor, 'submit:bid')
    const agencyId = member.organisationId
    await lockBidder(trx, agencyId)
    const at = await context.clock.read(trx)
    mustBeOpen(tender, at)
    if (Buffer.byteLength(contribution) > tender.publication.procedure.contributionBytes) {
      throw new Refusal('invalid', 'tenders.contribution-long', { field: 'contribution' })
    }
    const { bidsPerAgency } = tender.publication.procedure
    // Every receipt is a leaf of the pool and an entry of the ledger for ever, so nobody may ask for them without end.
    if (bidsLeft({ bidsPerAgency }, await countReceivedBids(trx, { tenderId: tender.id, agencyId })) === 0) {
      throw new Refusal('conflict', 'tenders.too-many-bids', { params: { limit: bidsPerAgency } })
    }
    const [ground, bidders] = [await findGround(trx, tender), await listBidders(trx, { agencyIds: [agencyId], listingCode: tender.publication.clearance.listingCode })]
    const entryFaults = await findEntryFaults(trx, { agencyId, listingId: tender.listingId, divisionCode: tender.divisionCode, at })
    const [reason] = reasonsAgainst({ ...bidders.get(agencyId)!, entryFaults }, ground)
    if (reason) throw new Refusal('conflict', `tenders.ineligible-${reason}`)

    const id = newId()
    const earlier = await findStandingBid(trx, { tenderId: tender.id, agencyId })
    const facts: BidBody = { tender: number, bid: id, agency: { uscc: member.uscc ?? '', name: member.organisationName }, contribution, salt: newSalt(16).toString('hex') }
    const body = canonical(facts)
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
    return { ...bid, ordinal }
  })
}
