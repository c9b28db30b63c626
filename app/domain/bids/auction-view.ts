import type { Fen } from '../money.ts'
import type { AuctionTerms, AuctionTimes } from '../tenders/auction.ts'

/** What of an auction everybody may see while it runs: no bidder, and of the prices the best alone. */
export type AuctionNow = {
  /** `before` the first round, while they run, `paused` before further ones, or `over`. */
  phase: 'before' | 'running' | 'paused' | 'over'
  at: Date
  round: { number: number; endsAt: Date } | null
  /** How many rounds there are in all. */
  rounds: number
  /** The first of further rounds, while they are waited for. */
  next: { number: number; startsAt: Date } | null
  bestFen: Fen | null
  /** How many quotes were taken; it grows with each, and so says whether anything changed. */
  quotes: number
  bidders: number
}

/** The same with what one bidder sees of its own. */
export type ShownAuction = AuctionTimes & {
  number: string
  title: string
  demo: boolean
  ceilingFen: Fen
  terms: AuctionTerms
  now: AuctionNow
  /** Whether the end is on record, and with it who the bidders are. */
  ended: boolean
  own: OwnStanding | null
  /** What keeps it from going on, if anything does. */
  stopped: 'suspended' | 'cancelled' | null
}

export type OwnStanding = { rank: number | null; lastFen: Fen | null; lastId: string | null; highestFen: Fen; quotesLeft: number }
