import { createDecipheriv, createHash, createHmac, createPublicKey, verify } from 'node:crypto'

/*
 * The four primitives that the verifier needs, by Node. `package.json` names this file `#verify/crypto`,
 * and for browsers its twin crypto-browser.ts; tests/bin/verify-crypto.test.ts holds them against one another.
 */

export function digest(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

export function keyedDigest(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(bytes).digest()
}

/** @param publicKey the 32 bytes of an Ed25519 key */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' })
  return verify(null, message, key, signature)
}

/** Whether this place has the cipher at all. */
export const canDecrypt = (): boolean => true

const TAG_BYTES = 16

/** AES-256-GCM with a nonce of zeros. @returns undefined where the tag is not that of key, ciphertext and `beside` */
export function decrypt(key: Uint8Array, sealed: Uint8Array, beside: Uint8Array): Uint8Array | undefined {
  if (sealed.length < TAG_BYTES) return undefined
  const cipher = createDecipheriv('aes-256-gcm', key, new Uint8Array(12)).setAAD(beside).setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()])
  } catch {
    return undefined
  }
}
