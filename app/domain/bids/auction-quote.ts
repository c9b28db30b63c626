import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Yuan, type Fen } from '../money.ts'
import type { AuctionTerms } from '../tenders/auction.ts'

/** One accepted quote of an auction. `sequence` counts all quotes of the tender from 1, in the order in which they were taken. */
export type AuctionQuote = {
  id: string
  tenderId: string
  sequence: number
  bidId: string
  round: number
  amountFen: Fen
  /** Canonical JSON of {@link QuoteBody}; its hash is all the ledger learns before the end. */
  body: string
  hash: Buffer
  quotedAt: Date
  receipt: string
}

/**
 * What is hashed of a quote. Each names the hash of the one before, the first the pool's root, so that none can be put in or
 * left out afterwards; the salt keeps anybody from guessing a price from its hash while the rounds run.
 */
export type QuoteBody = { tender: string; quote: string; sequence: number; round: number; bid: string; amountFen: Fen; quotedAt: string; previous: string; salt: string }

/** What a bidder sends: a price, and that it is meant. */
export const QuoteForm = z.object({ quote: z.uuid('forms.custom'), price: Yuan.pipe(z.number().min(1, 'sealing.price-zero')) })
export type QuoteForm = z.output<typeof QuoteForm>

type Said = Pick<AuctionQuote, 'bidId' | 'round' | 'amountFen' | 'sequence'>

/** The lowest of some quotes, or null of none. */
export function bestOf(quotes: readonly Pick<AuctionQuote, 'amountFen'>[]): Fen | null {
  return quotes.reduce<Fen | null>((best, { amountFen }) => (best === null || amountFen < best ? amountFen : best), null)
}

/**
 * The highest price that a bidder may quote now. Nobody quotes above the ceiling; whoever has quoted comes down by a step at
 * least; and a later round begins where the one before it ended, a step lower.
 *
 * @returns fen; below 1 there is no lower price left
 */
export function highestQuote(quotes: readonly Said[], { bid, round, ceilingFen, stepFen }: { bid: string; round: number; ceilingFen: Fen; stepFen: Fen }): Fen {
  const before = bestOf(quotes.filter((quote) => quote.round < round))
  const own = bestOf(quotes.filter(({ bidId }) => bidId === bid))
  return Math.min(ceilingFen, ...(before === null ? [] : [before - stepFen]), ...(own === null ? [] : [own - stepFen]))
}

export type QuoteRefusal = 'too-many-quotes' | 'no-lower' | 'over-ceiling' | 'not-lower'

/** Why a bidder's quote is not taken, or null where it is. */
export function whyNotQuote(quotes: readonly Said[], { bid, round, amountFen }: { bid: string; round: number; amountFen: Fen }, { ceilingFen, stepFen, quotesPerRound }: Pick<AuctionTerms, 'stepFen' | 'quotesPerRound'> & { ceilingFen: Fen }): QuoteRefusal | null {
  if (quotesLeft(quotes, { bid, round, quotesPerRound }) === 0) return 'too-many-quotes'
  const highest = highestQuote(quotes, { bid, round, ceilingFen, stepFen })
  if (highest < 1) return 'no-lower'
  if (amountFen > ceilingFen) return 'over-ceiling'
  return amountFen > highest ? 'not-lower' : null
}

/** How many quotes a bidder has left in a round. */
export function quotesLeft(quotes: readonly Said[], { bid, round, quotesPerRound }: { bid: string; round: number; quotesPerRound: number }): number {
  return Math.max(0, quotesPerRound - quotes.filter((quote) => quote.bidId === bid && quote.round === round).length)
}

/** Each bidder's last quote, which is its lowest, by bid. */
export function lastQuotes<Q extends Said>(quotes: readonly Q[]): Map<string, Q> {
  return new Map(quotes.toSorted((one, other) => one.sequence - other.sequence).map((quote) => [quote.bidId, quote]))
}

/** A bidder's rank while the rounds run: 1 and how many are lower. Equal prices share a rank; a verifiable draw parts them at the end. Null without a quote. */
export function rankOf(quotes: readonly Said[], bid: string): number | null {
  const last = lastQuotes(quotes)
  const own = last.get(bid)
  return own ? 1 + [...last.values()].filter(({ amountFen }) => amountFen < own.amountFen).length : null
}

const LABEL_DIGITS = 12

/** Under which name a bidder stands in the frozen pool of an auction: nobody reads from it who it is, and the bid that is shown at the end proves it. */
export function auctionLabel(bidHash: Uint8Array): string {
  return Buffer.from(bidHash).toString('hex').slice(0, LABEL_DIGITS)
}

/** The hash of a quote: SHA-256 of its body. */
export function quoteHash(body: string): Buffer {
  return createHash('sha256').update(body).digest()
}
