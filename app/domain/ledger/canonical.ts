import { createHash, hash as hashOnce } from 'node:crypto'

export { canonical, type Json } from './canonical-json.ts'

/** The algorithms behind every hash, key and signature of today, named so that a national suite can stand beside them. */
export const SUITE = 'intl-1'

/** SHA-256 over the parts one after the other; texts count as their UTF-8 bytes. */
export function sha256(...parts: (string | Uint8Array)[]): Buffer {
  if (parts.length === 1) return hashOnce('sha256', parts[0]!, 'buffer')
  // One text is hashed in one step; what is made of bytes may be large and is not copied.
  if (parts.every((part) => typeof part === 'string')) return hashOnce('sha256', parts.join(''), 'buffer')
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
