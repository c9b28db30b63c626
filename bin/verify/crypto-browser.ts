import { hashes, verify } from '@noble/ed25519'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { concat } from './bytes.ts'

/*
 * The same three by audited libraries; the one for signatures is the small sister of @noble/curves, half its weight on a page. WebCrypto has them too, but only on secure addresses and, for Ed25519, only in
 * browsers that are newer than what many offices run.
 */

export const digest = (bytes: Uint8Array): Uint8Array => sha256(bytes)

hashes.sha512 = sha512

const BLOCK = 64

/** HMAC by RFC 2104; the library's own can take a message in pieces, which nothing here needs. */
export function keyedDigest(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(BLOCK)
  padded.set(key.length > BLOCK ? sha256(key) : key)
  const keyed = (mask: number, message: Uint8Array) => sha256(concat(padded.map((byte) => byte ^ mask), message))
  return keyed(0x5c, keyed(0x36, bytes))
}

export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  // A key or signature of another length is an error to the library, and simply false to us.
  return publicKey.length === 32 && signature.length === 64 && verify(signature, message, publicKey, { zip215: false })
}
