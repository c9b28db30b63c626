import { createHash, createHmac, createPublicKey, verify, type KeyObject } from 'node:crypto'

/*
 * Written from docs/verification.md alone: nothing of app, db or search is imported below bin/verify,
 * so that a mistake there is not a mistake here as well.
 */

export function sha256(...parts: (string | Uint8Array)[]): Buffer {
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))
  return createHash('sha256').update(Buffer.concat(bytes)).digest()
}

export function hmac(key: Uint8Array, message: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(message).digest()
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

export const hashLeaf = (bytes: string | Uint8Array): Buffer => sha256(Uint8Array.of(0), bytes)
export const hashPair = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Uint8Array.of(1), left, right)

/** The root over leaf hashes, by RFC 9162's own recursive definition. */
export function treeRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? sha256()
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return hashPair(treeRoot(leaves.slice(0, split)), treeRoot(leaves.slice(split)))
}

/** The root that an inclusion proof leads to, found by walking down the tree; undefined when the proof is too long or too short. */
export function rootByInclusion(index: number, size: number, leaf: Buffer, proof: readonly Buffer[]): Buffer | undefined {
  if (size <= 0 || index < 0 || index >= size) return undefined
  if (size === 1) return proof.length === 0 ? leaf : undefined
  const beside = proof.at(-1)
  if (!beside) return undefined
  let split = 1
  while (split * 2 < size) split *= 2
  const inner = index < split ? rootByInclusion(index, split, leaf, proof.slice(0, -1)) : rootByInclusion(index - split, size - split, leaf, proof.slice(0, -1))
  return inner && (index < split ? hashPair(inner, beside) : hashPair(beside, inner))
}

/** Both roots that a consistency proof leads to; undefined when it does not fit these sizes. */
export function rootsByConsistency(size1: number, size2: number, root1: Buffer, proof: readonly Buffer[]): { older: Buffer; newer: Buffer } | undefined {
  if (size1 <= 0 || size1 > size2) return undefined
  const walk = (older: number, newer: number, whole: boolean, rest: readonly Buffer[]): { older: Buffer; newer: Buffer } | undefined => {
    if (older === newer) {
      const known = whole ? root1 : rest[0]
      return known && rest.length === (whole ? 0 : 1) ? { older: known, newer: known } : undefined
    }
    const beside = rest.at(-1)
    if (!beside) return undefined
    let split = 1
    while (split * 2 < newer) split *= 2
    if (older <= split) {
      const left = walk(older, split, whole, rest.slice(0, -1))
      return left && { older: left.older, newer: hashPair(left.newer, beside) }
    }
    const right = walk(older - split, newer - split, false, rest.slice(0, -1))
    return right && { older: hashPair(beside, right.older), newer: hashPair(beside, right.newer) }
  }
  return walk(size1, size2, true, proof)
}

export type LogKey = { name: string; id: string; key: KeyObject; text: string }

/** Reads a verifier key line `name+id+base64(1 ‖ key)`; undefined when its id is not its own. */
export function readLogKey(text: string): LogKey | undefined {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? []
  if (!name || !id || !base64) return undefined
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length !== 33 || bytes[0] !== 1 || bytes.toString('base64') !== base64) return undefined
  if (sha256(name, '\n', bytes).subarray(0, 4).toString('hex') !== id) return undefined
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }, format: 'jwk' })
  return { name, id, key, text }
}

export type SignedCheckpoint = { origin: string; size: number; root: Buffer; signers: LogKey[] }

/**
 * Reads a C2SP checkpoint and checks its signatures. Undefined when it is malformed, when a signature line names no
 * key that is given, or when one of them is false: here every line must hold, since a bundle brings its own keys.
 */
export function readCheckpoint(note: string, keys: readonly LogKey[], { strangers = false } = {}): SignedCheckpoint | undefined {
  const [, text, lines] = /^((?:[^\n]+\n)+)\n((?:— [^\n]+\n)+)$/u.exec(note) ?? []
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text ?? '') ?? []
  if (!text || !lines || !origin || !size || !root || Buffer.from(root, 'base64').toString('base64') !== root) return undefined
  const signers: LogKey[] = []
  for (const line of lines.trimEnd().split('\n')) {
    const [, name, base64] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? []
    const bytes = Buffer.from(base64 ?? '', 'base64')
    if (!name || bytes.toString('base64') !== base64) return undefined
    const known = keys.find((key) => key.name === name && key.id === bytes.subarray(0, 4).toString('hex'))
    if (!known && strangers) continue
    if (!known || !verify(null, Buffer.from(text), known.key, bytes.subarray(4))) return undefined
    signers.push(known)
  }
  return signers.length ? { origin, size: Number(size), root: Buffer.from(root, 'base64'), signers } : undefined
}
