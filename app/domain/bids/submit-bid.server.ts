import { newSalt } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { Refusal } from '#app/domain/refusal.ts'
import type { Bid, BidBody } from './bid.ts'
import { takeBid } from './take-bid.server.ts'

/**
 * Takes an agency's bid in a tender whose bids name no price, in the place of its earlier one if it has one.
 *
 * @param number the tender's number
 * @param contribution what the agency adds to the pool that is drawn from, at most 256 bytes of UTF-8, may be empty
 * @returns the standing bid with its signed receipt
 * Refuses `tenders.no-such-tender`, `tenders.closed`, `tenders.contribution-long`, `tenders.too-many-bids`,
 * `tenders.ineligible-<reason>`, `sealing.needed`.
 */
export async function submitBid(context: Context, { number, contribution }: { number: string; contribution: string }): Promise<Bid> {
  return takeBid(context, { number }, ({ tender: { publication }, member, bid }) => {
    if (publication.sealing) throw new Refusal('conflict', 'sealing.needed')
    if (Buffer.byteLength(contribution) > publication.procedure.contributionBytes) throw new Refusal('invalid', 'tenders.contribution-long', { field: 'contribution' })
    const facts: BidBody = { tender: number, bid, agency: { uscc: member.uscc ?? '', name: member.organisationName }, contribution, salt: newSalt(16).toString('hex') }
    return canonical(facts)
  })
}
