import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { nextRound, plannedAuction, roundAt, roundsOf, type AuctionTerms, type AuctionTimes } from '#app/domain/tenders/auction.ts'
import type { TenderState } from '#app/domain/tenders/tender.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { findAuction, listQuotes } from '#db/repositories/auctions.ts'
import { findPool } from '#db/repositories/draws.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { bestOf, highestQuote, lastQuotes, quotesLeft, rankOf, type AuctionQuote } from './auction-quote.ts'
import type { AuctionNow, OwnStanding, ShownAuction } from './auction-view.ts'

/**
 * An auction as one reader may see it now: everybody the round and the best price, a bidder besides that its own rank and what
 * it may still quote. Who else bids is told to nobody before the end, its owner and regulator included.
 *
 * Refuses `tenders.no-such-tender`, `auction.none`.
 */
export async function showAuction(context: Context, { number }: { number: string }): Promise<ShownAuction> {
  const { tender, state, demo, at, draw } = await showTender(context, { number })
  const { procedure, closesAt } = tender.publication!
  if (procedure.method !== 'live-auction') throw new Refusal('missing', 'auction.none')
  const planned = plannedAuction(procedure.auction, closesAt)
  const ended = tender.opening !== null || !BEFORE_ITS_END.has(state)
  const quotes = await listQuotes(context.db, tender.id)
  const bidders = draw?.pool.filter(({ standing }) => standing === 'eligible').length ?? 0
  const now = auctionNow(quotes, { times: tender.auction, ended, terms: procedure.auction, at, bidders })
  const own = await ownBid(context, tender.id)
  return { ...(tender.auction ?? planned), number, title: tender.title, demo, ceilingFen: tender.ceilingFen, terms: procedure.auction, now, ended, stopped: state === 'suspended' || state === 'cancelled' ? state : null, own: own === null ? null : standingOf(quotes, own, { now, terms: procedure.auction, ceilingFen: tender.ceilingFen }) }
}

const BEFORE_ITS_END: ReadonlySet<TenderState> = new Set(['open', 'suspended', 'closing', 'closed', 'frozen', 'auction'])

/** What everybody may see of an auction's quotes at an instant. Before the freeze its times are a plan, and nothing begins by a plan. */
export function auctionNow(quotes: readonly AuctionQuote[], { times, ended = false, terms, at, bidders }: { times: AuctionTimes | null; ended?: boolean; terms: AuctionTerms; at: Date; bidders: number }): AuctionNow {
  const round = !ended && times ? roundAt(times, terms, at) : null
  const next = !ended && times && at >= times.startsAt ? nextRound(times, terms, at) : null
  const phase = ended ? 'over' : !times || at < times.startsAt ? 'before' : round ? 'running' : next ? 'paused' : 'over'
  return { phase, at, round, next, rounds: times ? roundsOf(times, terms) : terms.rounds, bestFen: bestOf(quotes), quotes: quotes.length, bidders }
}

/** The bid under which the caller's agency may quote; null for everybody else. */
export async function ownBid({ db, actor }: Pick<Context, 'db' | 'actor'>, tenderId: string): Promise<string | null> {
  if (actor.kind !== 'member') return null
  const { organisationId } = actor
  const pool = await findPool(db, tenderId)
  const eligible = new Set(pool?.leaves.flatMap(({ bid, standing }) => (standing === 'eligible' ? [bid] : [])))
  return (await listReceivedBids(db, tenderId)).find(({ id, agencyId }) => agencyId === organisationId && eligible.has(id))?.id ?? null
}

/** What one bidder sees of its own. */
export function standingOf(quotes: readonly AuctionQuote[], bid: string, { now, terms, ceilingFen }: { now: Pick<AuctionNow, 'phase' | 'round' | 'next' | 'rounds'>; terms: AuctionTerms; ceilingFen: number }): OwnStanding {
  const round = now.round?.number ?? now.next?.number ?? (now.phase === 'over' ? now.rounds : 1)
  const last = lastQuotes(quotes).get(bid)
  return { rank: rankOf(quotes, bid), lastFen: last?.amountFen ?? null, lastId: last?.id ?? null, highestFen: highestQuote(quotes, { bid, round, ceilingFen, stepFen: terms.stepFen }), quotesLeft: quotesLeft(quotes, { bid, round, quotesPerRound: terms.quotesPerRound }) }
}

/** What a stream looks at again and again: all quotes of one auction, when it runs, if that is fixed, whether its end is on record or its owner has cancelled it, and the clock; whoever listens. */
export async function watchAuction({ db, clock }: Pick<Context, 'db' | 'clock'>, tenderId: string): Promise<{ quotes: AuctionQuote[]; times: AuctionTimes | null; ended: boolean; at: Date }> {
  const [quotes, found] = await Promise.all([listQuotes(db, tenderId), findAuction(db, tenderId)])
  return { quotes, times: found.times, ended: found.ended, at: await clock.read(db) }
}

