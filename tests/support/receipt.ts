import type { Receipt } from '#app/domain/bids/receipt.ts'
import type { Signed } from '#app/domain/ledger/keyring.ts'

/** The signed object in a receipt's file. */
export function readReceipt(text: string): Signed<Receipt> {
  const [, json] = /-----BEGIN MINGDAN RECEIPT-----([^]*)-----END MINGDAN RECEIPT-----/.exec(text)!
  return JSON.parse(json!) as Signed<Receipt>
}

/** A receipt as it was first given: without the proof that it brings once its entry is in the ledger. */
export function signedPart(text: string): string {
  return text.split('\n-----BEGIN MINGDAN PROOF-----')[0]!
}
