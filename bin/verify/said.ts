import type { auctionEn } from './auction-sentences.ts'
import type { consistencyEn } from './consistency-sentences.ts'
import type { directEn } from './direct-sentences.ts'
import type { drandEn } from './drand-sentences.ts'
import type { lotteryEn } from './lottery-sentences.ts'
import type { meritEn } from './merit-sentences.ts'
import type { openingEn } from './opening-sentences.ts'
import type { pricesEn } from './price-sentences.ts'
import type { receiptEn } from './receipt-sentences.ts'
import type { sealedEn } from './sealed-sentences.ts'
import type { Widened } from './sentences.ts'
import type { shortlistEn } from './shortlist-sentences.ts'
import type { witnessesEn } from './witness-sentences.ts'

/** What the parts of the program say, by name and in one language: a page loads it with the part that says it. */
export type Said = {
  opening: Widened<typeof openingEn>
  sealed: Widened<typeof sealedEn>
  prices: Widened<typeof pricesEn>
  auction: Widened<typeof auctionEn>
  shortlist: Widened<typeof shortlistEn>
  merit: Widened<typeof meritEn>
  direct: Widened<typeof directEn>
  receipt: Widened<typeof receiptEn>
  consistency: Widened<typeof consistencyEn>
  witnesses: Widened<typeof witnessesEn>
  drand: Widened<typeof drandEn>
  lottery: Widened<typeof lotteryEn>
}
