import { DRAW_RULES } from '#app/domain/draw/draw.ts'
import type { Randomness } from '#app/domain/draw/terms.ts'
import type { AuctionTerms } from './auction.ts'
import { Procedure, type AuctionProcedure, type PricedPolicy } from './procedure.ts'

/** What parts equal quotes where a policy says nothing else. */
const LOCAL: Randomness = { source: 'local', rules: DRAW_RULES }

/** An auction under a division's policy and as its owner wants it. Equal quotes are put in order by a verifiable draw. */
export function auctionProcedure({ minimumBidders, application, drawDelay, bidsPerAgency, life, randomness = LOCAL, lowQuote, auction }: Omit<PricedPolicy, 'quote'> & { auction: AuctionTerms }): AuctionProcedure {
  return Procedure.parse({
    rules: 'live-auction/v1',
    method: 'live-auction',
    steps: ['bid', 'close', 'freeze', 'auction', 'rank', 'award'],
    minimumBidders,
    application,
    drawDelay,
    sealed: false,
    ranked: true,
    relatedBidders: 'one-ticket',
    bidderCount: 'after-close',
    contributionBytes: 0,
    bidsPerAgency,
    randomness: { ...randomness, rules: DRAW_RULES },
    life,
    quote: { kind: 'money' },
    lowQuote,
    tie: 'draw',
    auction,
  } satisfies Procedure) as AuctionProcedure
}
