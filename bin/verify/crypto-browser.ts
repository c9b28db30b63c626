import { ed25519 } from '@noble/curves/ed25519.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

/*
 * The same by an audited library. WebCrypto has them too, but only on secure addresses and, for Ed25519, only in
 * browsers that are newer than what many offices run. The cipher is WebCrypto's: only results by sealed price need it,
 * and whoever sealed such a bid had it (docs/decisions/023).
 */

export const digest = (bytes: Uint8Array): Uint8Array => sha256(bytes)

export const keyedDigest = (key: Uint8Array, bytes: Uint8Array): Uint8Array => hmac(sha256, key, bytes)

export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  // A key or signature of another length is an error to the library, and simply false to us.
  return publicKey.length === 32 && signature.length === 64 && ed25519.verify(signature, message, publicKey, { zip215: false })
}

export const canDecrypt = (): boolean => globalThis.crypto?.subtle !== undefined

export async function decrypt(key: Uint8Array, sealed: Uint8Array, beside: Uint8Array): Promise<Uint8Array | undefined> {
  const { subtle } = crypto
  const cipher = await subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['decrypt'])
  const plain = subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: Uint8Array.from(beside) }, cipher, Uint8Array.from(sealed))
  return plain.then((bytes) => new Uint8Array(bytes), () => undefined)
}
