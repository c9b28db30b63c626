import { createHash, createPrivateKey, createPublicKey, sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto'
import { canonical } from './canonical.ts'

/** Separate keys, so that a leak of one never forges the other (trust.md, Keys and signatures). */
export type KeyPurpose = 'checkpoint' | 'decision' | 'webhook'
export type SigningKey = { keyId: string; purpose: KeyPurpose; privateKey: KeyObject; publicKey: KeyObject }

/** What the platform signs with. `draw` seeds the drawing secrets, `tokens` the API's access tokens. */
export type Keyring = {
  origin: string
  keys: SigningKey[]
  drawSeed: Buffer
  tokenSecret: Buffer
}
