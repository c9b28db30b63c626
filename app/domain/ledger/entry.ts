import { canonical, sha256, SUITE, type Json } from './canonical.ts'
import { leafHash } from './merkle.ts'

/** C2SP entry bundles count an entry's bytes in 16 bits; a quarter of that leaves room and keeps tiles small. */
export const MOST_ENTRY_BYTES = 16 * 1024

/** One binding act, as everybody may read it. */
export type LedgerEntry = {
  id: string
  kind: string
  /** The stable public name of what it is about: a tender's number, a listing's code, a decision's id. */
  subject: string
  division: string
  facts: Record<string, Json>
  /** When it happened. */
  at: string
  /** When it was written down; later than `at` only where a story is told afterwards, as in the demo. */
  recordedAt: string
  /** SHA-256 of the canonical JSON of facts too long for an entry; served at /ledger/payload/<hash>. */
  payload?: string
}

/** Where an entry stands: first a promise, later a position under a checkpoint. */
export type LedgerReference = { entry: string; leafHash: string; index: number | null; checkpoint: number | null; promisedBy: string }

/** The bytes that become a leaf of the tree. Throws when they are more than an entry may have: long facts belong in a payload. */
export function entryBody(entry: LedgerEntry): string {
  const body = canonical({ format: 'mingdan-entry/v1', suite: SUITE, ...entry })
  if (Buffer.byteLength(body) > MOST_ENTRY_BYTES) throw new RangeError(`The facts of ${entry.kind} ${entry.subject} are too long for an entry; give them as payload.`)
  return body
}

/** RFC 9162 leaf hash of the UTF-8 bytes of {@link entryBody}; of the text as stored, never of what was parsed and written anew. */
export function entryLeafHash(body: string): Buffer {
  return leafHash(Buffer.from(body))
}

/** A value that must be erasable one day stands in the ledger as this hash; without its salt nobody can guess what it was. */
export function concealed(value: string, salt: Uint8Array): string {
  return sha256('mingdan/concealed/v1\0', salt, value).toString('hex')
}

/** An entry as it is stored, with its place in the tree once it has one. */
export type StoredEntry = Required<Omit<LedgerEntry, 'payload'>> & { ordinal: number; body: string; leafHash: string; index: number | null; payload: string | null }
