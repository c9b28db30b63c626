import { newSalt } from '#app/domain/chance.server.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { formatYuan, type Fen } from '#app/domain/money.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { nextRound, roundAt } from '#app/domain/tenders/auction.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { findQuote, insertQuote, listQuotes, lockAuction } from '#db/repositories/auctions.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { findPool } from '#db/repositories/draws.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { highestQuote, quoteHash, whyNotQuote, type AuctionQuote, type QuoteBody } from './auction-quote.ts'
import { receiptText } from './receipt.ts'

/**
 * Takes one quote in a running auction. The auction is held first and the clock read afterwards: quotes are taken one after
 * another, and whoever waited over the end of the last round is late, by a millisecond or by a minute.
 *
 * The ledger learns the quote's hash, and with it the whole row before it, since each quote names the hash of the one before.
 *
 * @param id the quote's own id, which the form was handed: a second click finds the quote of the first, with its receipt
 * @param amountFen the price in fen; it has to be as low as {@link highestQuote} says
 * @returns the quote with its signed receipt
 * Refuses `tenders.no-such-tender`, `auction.none`, `changes.suspended`, `changes.cancelled`, `auction.not-started`, `auction.paused`, `auction.over`, `auction.not-a-bidder`, `auction.known`,
 * and at `price` `auction.over-ceiling`, `auction.not-lower`, `auction.no-lower`, `auction.too-many-quotes`.
 */
export async function placeQuote(context: Context, { number, id, amountFen }: { number: string; id: string; amountFen: Fen }): Promise<AuctionQuote> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }, 'share') : undefined
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const member = memberWho(context.actor, 'submit:bid')
    const { procedure } = tender.publication
    if (procedure.method !== 'live-auction') throw new Refusal('conflict', 'auction.none')
    if (!tender.auction) throw new Refusal('conflict', 'auction.not-started')
    await lockAuction(trx, tender.id)
    const at = await context.clock.read(trx)

    const known = await findQuote(trx, id)
    if (known) {
      if (known.agencyId === member.organisationId && known.tenderId === tender.id && known.amountFen === amountFen) return known
      throw new Refusal('conflict', 'auction.known')
    }
    if (tender.suspension) throw new Refusal('conflict', 'changes.suspended')
    if (tender.cancellation) throw new Refusal('conflict', 'changes.cancelled')
    if (at < tender.auction.startsAt) throw new Refusal('conflict', 'auction.not-started')
    const round = roundAt(tender.auction, procedure.auction, at)?.number
    if (!round) throw new Refusal('conflict', nextRound(tender.auction, procedure.auction, at) ? 'auction.paused' : 'auction.over')
    const pool = (await findPool(trx, tender.id))!
    const eligible = new Set(pool.leaves.flatMap(({ bid, standing }) => (standing === 'eligible' ? [bid] : [])))
    const bid = (await listReceivedBids(trx, tender.id)).find((each) => each.agencyId === member.organisationId && eligible.has(each.id))
    if (!bid) throw new Refusal('forbidden', 'auction.not-a-bidder')

    const quotes = await listQuotes(trx, tender.id)
    const limits = { ...procedure.auction, ceilingFen: tender.ceilingFen }
    const why = whyNotQuote(quotes, { bid: bid.id, round, amountFen }, limits)
    if (why) throw new Refusal('conflict', `auction.${why}`, { field: 'price', params: { most: formatYuan(highestQuote(quotes, { ...limits, bid: bid.id, round })), count: procedure.auction.quotesPerRound } })

    const sequence = quotes.length + 1
    const previous = quotes.at(-1)?.hash ?? pool.root
    const facts: QuoteBody = { tender: number, quote: id, sequence, round, bid: bid.id, amountFen, quotedAt: at.toISOString(), previous: previous.toString('hex'), salt: newSalt(16).toString('hex') }
    const body = canonical(facts)
    const hash = quoteHash(body)
    const ledger = await tell(trx, context, { at, act: 'submit:bid', kind: 'quote.received', subject: number, divisionCode: tender.divisionCode, facts: { bid: hash.toString('hex') }, details: { quote: id } })
    const receipt = receiptText(context.keyring, { tender: number, bid: id, bidHash: hash, body, receivedAt: at, ledger, what: 'quote' })
    const quote = { id, tenderId: tender.id, sequence, bidId: bid.id, round, amountFen, body, hash, quotedAt: at, receipt }
    await insertQuote(trx, quote, { quotedBy: member.accountId, ledgerEntryId: ledger.entry })
    return quote
  })
}
