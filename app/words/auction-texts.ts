import type { AuctionNow, OwnStanding } from '#app/domain/bids/auction-view.ts'
import { wordsOf, type Locale } from './words.ts'

/** What changes while an auction runs, in a reader's words: the page says it once, and its stream again with every change. */
export type AuctionTexts = { phase: string; best: string; rank: string; own: string; round: string; quotes: string; highest: string; left: string }

export function auctionTexts(locale: Locale, { phase, bestFen, round, rounds, quotes, own }: Pick<AuctionNow, 'phase' | 'bestFen' | 'quotes' | 'rounds'> & { round: { number: number } | null; own: Omit<OwnStanding, 'lastId'> | null }): AuctionTexts {
  const words = wordsOf(locale).auction
  const yuan = (fen: number) => words.yuan((fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ','))
  return {
    phase: words.phases[phase],
    best: bestFen === null ? words.none : yuan(bestFen),
    rank: own?.rank ? words.rankOf(own.rank) : words.noRank,
    own: own?.lastFen ? yuan(own.lastFen) : words.none,
    round: round ? words.roundOf(round.number, rounds) : words.phases[phase],
    quotes: words.quotesOf(quotes),
    highest: own && own.highestFen > 0 ? yuan(own.highestFen) : words.refusals['no-lower'],
    left: words.quotesOf(own?.quotesLeft ?? 0),
  }
}
