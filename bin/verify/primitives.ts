import { digest, keyedDigest } from '#verify/crypto'
import { concat, fromBase64, toHex } from './bytes.ts'

/*
 * Written from docs/verification.md alone: nothing of app, db or search is imported below bin/verify,
 * so that a mistake there is not a mistake here as well. The same files run in the reader's browser
 * (docs/decisions/012), so nothing here may need Node.
 */

export function sha256(...parts: (string | Uint8Array)[]): Uint8Array {
  return digest(concat(...parts))
}

export function hmac(key: Uint8Array, message: string | Uint8Array): Uint8Array {
  return keyedDigest(key, concat(message))
}

/** RFC 8785: members by UTF-16 units, numbers and texts as ECMAScript writes them. */
export function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = value as Record<string, unknown>
    return `{${Object.keys(members).sort().map((name) => `${JSON.stringify(name)}:${jcs(members[name])}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export const hashLeaf = (bytes: string | Uint8Array): Uint8Array => sha256(Uint8Array.of(0), bytes)
export const hashPair = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(Uint8Array.of(1), left, right)

/** The root over leaf hashes, by RFC 9162's own recursive definition. */
export function treeRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length <= 1) return leaves[0] ?? sha256()
  const split = splitOf(leaves.length)
  return hashPair(treeRoot(leaves.slice(0, split)), treeRoot(leaves.slice(split)))
}

/** The root that an inclusion proof leads to, found by walking down the tree; undefined when the proof is too long or too short. */
export function rootByInclusion(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[]): Uint8Array | undefined {
  if (size <= 0 || index < 0 || index >= size) return undefined
  if (size === 1) return proof.length === 0 ? leaf : undefined
  const beside = proof.at(-1)
  if (!beside) return undefined
  const split = splitOf(size)
  const inner = index < split ? rootByInclusion(index, split, leaf, proof.slice(0, -1)) : rootByInclusion(index - split, size - split, leaf, proof.slice(0, -1))
  return inner && (index < split ? hashPair(inner, beside) : hashPair(beside, inner))
}

type Roots = { older: Uint8Array; newer: Uint8Array }

/** Both roots that a consistency proof leads to; undefined when it does not fit these sizes. */
export function rootsByConsistency(size1: number, size2: number, root1: Uint8Array, proof: readonly Uint8Array[]): Roots | undefined {
  if (size1 <= 0 || size1 > size2) return undefined
  const walk = (older: number, newer: number, whole: boolean, rest: readonly Uint8Array[]): Roots | undefined => {
    if (older === newer) {
      const known = whole ? root1 : rest[0]
      return known && rest.length === (whole ? 0 : 1) ? { older: known, newer: known } : undefined
    }
    const beside = rest.at(-1)
    if (!beside) return undefined
    const split = splitOf(newer)
    if (older <= split) {
      const left = walk(older, split, whole, rest.slice(0, -1))
      return left && { older: left.older, newer: hashPair(left.newer, beside) }
    }
    const right = walk(older - split, newer - split, false, rest.slice(0, -1))
    return right && { older: hashPair(beside, right.older), newer: hashPair(beside, right.newer) }
  }
  return walk(size1, size2, true, proof)
}

/** The largest power of two below a size of at least 2. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** `key` is the 32 bytes, `text` the line that people exchange. */
export type LogKey = { name: string; id: string; key: Uint8Array; text: string }

/** Reads a verifier key line `name+id+base64(1 ‖ key)`; undefined when its id is not its own. */
export function readLogKey(text: string): LogKey | undefined {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? []
  const bytes = fromBase64(base64 ?? '')
  if (!name || !id || !bytes || bytes.length !== 33 || bytes[0] !== 1) return undefined
  if (toHex(sha256(name, '\n', bytes).subarray(0, 4)) !== id) return undefined
  return { name, id, key: bytes.subarray(1), text }
}

/** What two people can read to one another: SHA-256 over the key, of which the platform's own key id is the first 16 digits. */
export function fingerprintOf({ key }: Pick<LogKey, 'key'>): string {
  return toHex(sha256('mingdan/key/v1\0', key))
}
