import type { BidBody } from '#app/domain/bids/bid.ts'
import { lastQuotes } from '#app/domain/bids/auction-quote.ts'
import { pricedOf, type Opened } from '#app/domain/bids/opened.ts'
import { lowMarks } from '#app/domain/bids/ranking.ts'
import { endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import { answerAuctionOutage } from '#app/domain/tenders/extend-auction.server.ts'
import type { OpeningOutcome, Tender } from '#app/domain/tenders/tender.ts'
import { listAuctionExtensions, listQuotes } from '#db/repositories/auctions.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findPool } from '#db/repositories/draws.ts'
import { insertOpening } from '#db/repositories/openings.ts'
import { settleTender } from '#db/repositories/tenders.ts'

/**
 * Ends an auction whose last round is over, once: each bidder's last quote is its price, and who the bidders are becomes
 * public. Who registered and made no quote has no price. From here on it is decided as sealed prices are: low ones are
 * marked and may be explained, and a value that comes after that parts equal ones.
 *
 * Rounds are over by the clock alone; this row only says so, however late it is written. Where an outage took some of them there are
 * further rounds instead, and nothing ends.
 *
 * @returns the tender as it stands afterwards
 * Refuses `tenders.no-such-tender`.
 */
export async function endAuction(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'end' }, async (trx, tender, at) => {
    const { number, procedure, drawsAfter } = tender.publication
    if (procedure.method !== 'live-auction') return tender
    const answer = await answerAuctionOutage(trx, context, { tender, at })
    if (answer) return answer === 'wait' ? tender : answer
    const [pool, quotes] = [(await findPool(trx, id))!, await listQuotes(trx, id)]
    const last = lastQuotes(quotes)
    const eligible = new Set(pool.leaves.flatMap(({ bid, standing }) => (standing === 'eligible' ? [bid] : [])))
    const opened = (await listReceivedBids(trx, id)).flatMap(({ id: bid, body }): Opened[] => {
      if (!eligible.has(bid)) return []
      const { agency, contribution, salt } = JSON.parse(body) as BidBody
      const fen = last.get(bid)?.amountFen
      if (fen === undefined) return [{ bid, outcome: 'invalid', reason: 'no-quote', keys: {}, offer: null, amountFen: null, lowMarks: [] }]
      return [{ bid, outcome: 'valid', reason: null, keys: {}, offer: { tender: number, bid, uscc: agency.uscc, quote: { kind: 'money', fen }, contribution, salt }, amountFen: fen, lowMarks: [] }]
    })
    const valid = pricedOf(opened)
    const marks = lowMarks(valid, tender.ceilingFen, procedure.lowQuote)
    const bids = opened.map((each) => ({ ...each, lowMarks: marks.get(each.bid) ?? [] }))

    const outcome: OpeningOutcome = valid.length < procedure.minimumBidders ? 'too-few-valid' : 'to-rank'
    const calendar = await calendarOf(trx, tender.divisionCode)
    const explained = marks.size ? endOf(at, procedure.lowQuote.explanation, calendar).at : at
    const value = at < drawsAfter! ? drawsAfter! : endOf(at, procedure.drawDelay, calendar).at
    const decidesAfter = explained > value ? explained : value
    const opening = { freeze: pool.ledgerEntryId, outcome, valid: valid.length, invalid: bids.length - valid.length, low: marks.size, decidesAfter: decidesAfter.toISOString() }
    const extensions = (await listAuctionExtensions(trx, id)).map(({ ledgerEntryId }) => ledgerEntryId)
    const auction = { quotes: quotes.length, last: (quotes.at(-1)?.hash ?? pool.root).toString('hex'), ...(extensions.length > 0 && { extensions }) }
    const ledger = await tell(trx, context, {
      at,
      act: 'end:auction',
      kind: outcome === 'to-rank' ? 'auction.ended' : 'tender.failed',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { opening, auction, ...(outcome === 'too-few-valid' && { outcome, minimumBidders: procedure.minimumBidders }) },
      payload: bids.map(({ bid, outcome: found, reason, amountFen, lowMarks: low }) => ({ bid, outcome: found, reason, amountFen, low })) as Json,
      event: { type: outcome === 'to-rank' ? 'marketplace.tender.opened.v1' : 'marketplace.tender.failed.v1', data: { tender: number, project: tender.projectCode, ...opening } },
    })
    await insertOpening(trx, { tenderId: id, openedAt: at, decidesAfter, outcome, valid: valid.length, invalid: opening.invalid, ledgerEntryId: ledger.entry }, bids)
    if (outcome === 'too-few-valid') await settleTender(trx, id, at)
    return { ...tender, opening: { openedAt: at, decidesAfter, explainUntil: decidesAfter, outcome, valid: valid.length, invalid: opening.invalid } }
  })
}
