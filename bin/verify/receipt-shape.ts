import { exactly, hash, instant, list, object, some, text, uuid } from './shape.ts'

/** A bidder's receipt. */
export const receiptShape = object(
  {
    format: exactly('mingdan-receipt/v1'), suite: exactly('intl-1'), tender: some, bid: uuid, bidHash: hash, body: some, receivedAt: instant, entry: uuid, leafHash: hash, promisedBy: instant,
    signature: object({ alg: exactly('Ed25519'), keyId: text(/^[0-9a-f]{16}$/), value: text(/^[A-Za-z0-9+/]{86}==$/) }),
  },
)

/** What of `/.well-known/mingdan-keys.json` a verifier needs. */
export const keysShape = object({ keys: list(object({ keyId: text(), purpose: text(), publicKey: text() }, { open: true })) }, { open: true })
