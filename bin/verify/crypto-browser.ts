import { sha256 } from '@noble/hashes/sha2.js'
import { concat } from './bytes.ts'

/*
 * The same three for browsers. Hashes are an audited library's, at once: WebCrypto's would make every step wait, and it has none
 * at all on plain http:// addresses. Signatures are WebCrypto's; library.ts stands in where that is missing or too old.
 */

export const digest = (bytes: Uint8Array): Uint8Array => sha256(bytes)

const BLOCK = 64

/** HMAC by RFC 2104; the library's own can take a message in pieces, which nothing here needs. */
export function keyedDigest(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(BLOCK)
  padded.set(key.length > BLOCK ? sha256(key) : key)
  const keyed = (mask: number, message: Uint8Array) => sha256(concat(padded.map((byte) => byte ^ mask), message))
  return keyed(0x5c, keyed(0x36, bytes))
}

/** Whether this browser knows Ed25519, on an address like this one. */
export async function hasSignatures(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign'])
    return true
  } catch {
    return false
  }
}

export async function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message))
  } catch {
    // Some browsers refuse bytes that are no point already as a key.
    return false
  }
}
