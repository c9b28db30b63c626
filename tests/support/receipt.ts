import type { Receipt } from '#app/domain/bids/receipt.ts'
import type { Signed } from '#app/domain/ledger/keyring.ts'

/** The signed object in a receipt's file. */
export function readReceipt(text: string): Signed<Receipt> {
  const [, json] = /-----BEGIN MINGDAN RECEIPT-----([^]*)-----END MINGDAN RECEIPT-----/.exec(text)!
  return JSON.parse(json!) as Signed<Receipt>
}
