import type { AuctionTerms } from '#app/domain/tenders/auction.ts'
import { useWords } from './locale.tsx'

/** How long a round takes, in words. */
export function useLengthOf(): (round: AuctionTerms['round']) => string {
  const { seconds, minutes, hours } = useWords().auction
  return ({ n, unit }) => ({ s: seconds, min: minutes, h: hours })[unit](n)
}
