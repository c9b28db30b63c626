import { createHash, hash as hashOnce } from 'node:crypto'
import serialize from 'canonicalize'

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** The algorithms behind every hash, key and signature of today, named so that a national suite can stand beside them. */
export const SUITE = 'intl-1'

/**
 * Writes a value as canonical JSON (RFC 8785): one value, one text, so that it can be hashed and signed.
 *
 * @throws when the value is not JSON at all: `undefined`, a number that is not finite, half a surrogate pair
 */
export function canonical(value: unknown): string {
  const text = serialize(value)
  if (text === undefined) throw new TypeError('Only JSON has a canonical form.')
  return text
}

/** SHA-256 over the parts one after the other; texts count as their UTF-8 bytes. */
export function sha256(...parts: (string | Uint8Array)[]): Buffer {
  if (parts.length === 1) return hashOnce('sha256', parts[0]!, 'buffer')
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
