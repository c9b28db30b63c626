import { hash, hashes, Point } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat, equal, toHex } from './bytes.ts'

/*
 * Ed25519 by an audited library, for browsers that have none: plain http:// addresses, and what is older than about 2024. The
 * library's own `verify` multiplies both sides by eight, which Node and browsers do not; by its points the same bytes are asked for.
 */

hashes.sha512 = sha512

const L = 2n ** 252n + 27742317777372353535851937790883648493n
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)

/** RFC 8032, 5.1.7: is R what S times the base point and k times the key leave? */
export function library(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const [r, s] = [signature.subarray(0, 32), numberOf(signature.subarray(32))]
  if (s >= L) return false
  try {
    const key = Point.fromBytes(publicKey)
    const k = numberOf(hash(concat(r, publicKey, message))) % L
    const product = (point: Point, count: bigint) => (count ? point.multiplyUnsafe(count) : Point.ZERO)
    return equal(product(Point.BASE, s).add(product(key, k).negate()).toBytes(), r)
  } catch {
    // Bytes that are no point are no key.
    return false
  }
}
