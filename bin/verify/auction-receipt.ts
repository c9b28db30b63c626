import type { AuctionBundle, FailedAuction, Receipt } from './bundle.ts'
import { wordsOf } from './receipt-checks.ts'
import { check, type Findings, type Work } from './findings.ts'

/** Is the receipt of a quote, and was that counted as it was received? False where it is of no quote of this auction. */
export function* checkQuoteReceipt(receipt: Receipt, bundle: AuctionBundle | FailedAuction, findings: Findings): Work<boolean> {
  const say = wordsOf(findings)
  const quote = bundle.steps.quotes.find(({ facts }) => facts.bid === receipt.bidHash)
  if (!quote) return false
  yield* check(findings, findings.say.auction!.counted, (must) => {
    must(quote.id === receipt.entry, 'receipt/entry', say.otherEntry(quote.id))
    must(quote.at === receipt.receivedAt, 'receipt/receivedAt', say.otherTime(quote.at))
  }, () => quote.id)
  return true
}
