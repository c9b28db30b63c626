import { createHash, createHmac, createPublicKey, verify } from 'node:crypto'

/*
 * The three primitives that every check needs, by Node. `package.json` names this file `#verify/crypto`,
 * and for browsers its twin crypto-browser.ts; tests/bin/verify-crypto.test.ts holds them against one another.
 */

export function digest(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

export function keyedDigest(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(bytes).digest()
}

/** Whether this place has signatures at all. */
export const hasSignatures = (): boolean => true

/** @param publicKey the 32 bytes of an Ed25519 key */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' })
  return verify(null, message, key, signature)
}
