import type { DirectBundle, Receipt } from './bundle.ts'
import { wordsOf } from './direct-checks.ts'
import { check, type Findings, type Work } from './findings.ts'
import { wordsOf as receiptWordsOf } from './receipt-checks.ts'

/** Is the receipt that of the acceptance, as it was received? */
export function* checkAcceptedReceipt(receipt: Receipt, { steps: { acceptance }, ledger }: DirectBundle, findings: Findings): Work {
  const say = wordsOf(findings)
  const words = receiptWordsOf(findings)
  yield* check(findings, say.receipt, (must) => {
    must(receipt.bidHash === acceptance.facts.bid, '/steps/acceptance', say.otherAcceptance)
    if (receipt.bidHash !== acceptance.facts.bid) return
    must(receipt.bid === acceptance.subject, 'receipt/bid', words.otherBid)
    must(receipt.entry === acceptance.id, 'receipt/entry', words.otherEntry(acceptance.id))
    must(receipt.receivedAt === acceptance.at, 'receipt/receivedAt', words.otherTime(acceptance.at))
    must(receipt.leafHash === ledger?.steps.acceptance.leafHash, 'receipt/leafHash', words.otherLeafHash)
  }, () => acceptance.at)
}
