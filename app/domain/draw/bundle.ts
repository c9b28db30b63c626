import { z } from 'zod'
import { SUITE, type Json } from '../ledger/canonical.ts'
import { leafHashesOf, type Beacon, type Placed, type PoolLeaf } from './draw.ts'
import { GAME_NAMES } from './lottery.ts'
import type { DrawTerms } from './terms.ts'

export const BUNDLE_FORMAT = 'mingdan-draw-bundle/v1'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Count = z.int().nonnegative()

/** An entry as the ledger has it; its canonical JSON is the leaf. */
export const BundledEntry = z.strictObject({
  format: z.literal('mingdan-entry/v1'),
  suite: z.literal(SUITE),
  id: z.uuid(),
  kind: z.string(),
  subject: z.string(),
  division: z.string(),
  facts: z.record(z.string(), z.json()),
  at: z.string(),
  recordedAt: z.string(),
  payload: Hash.optional(),
})
export type BundledEntry = z.output<typeof BundledEntry>

const Leaf = z.strictObject({ bid: z.uuid(), bidHash: Hash, label: z.string().nullable(), receivedAt: z.string(), standing: z.enum(['eligible', 'excluded']), reasons: z.array(z.string()) })
const Proven = z.strictObject({ index: Count, leafHash: Hash, proof: z.array(Hash) })

const BundledBeacon = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('local'), at: z.string(), value: Hash }),
  z.strictObject({ source: z.literal('drand'), at: z.string(), chain: Hash, round: z.int().positive(), signature: z.string(), value: Hash }),
  z.strictObject({ source: z.literal('lottery'), at: z.string(), game: z.enum(GAME_NAMES), issue: z.string(), day: z.string(), numbers: z.array(z.array(z.int())), value: Hash }),
])

const LedgerProofs = z.strictObject({
  /** A signed note that covers the three entries. */
  checkpoint: z.string(),
  /** Verifier keys of the log. Compare them with those you kept: a bundle cannot vouch for itself. */
  keys: z.array(z.string()).min(1),
  publication: Proven,
  freeze: Proven,
  draw: Proven,
  /** From the tree that ends with the freeze, whose root is the beacon's value, to the checkpoint; empty where the value came from outside. */
  beacon: z.array(Hash),
})

/** Everything one needs to run a draw again without asking anybody. */
export const DrawBundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  suite: z.literal(SUITE),
  tender: z.string(),
  drawNumber: z.int().positive(),
  first: z.strictObject({ tender: z.string(), entry: z.uuid() }).nullable(),
  publication: BundledEntry,
  freeze: BundledEntry,
  leaves: z.array(Leaf),
  /** One a leaf, so that a verifier can say which leaf was changed. */
  leafHashes: z.array(Hash),
  draw: BundledEntry,
  beacon: BundledBeacon,
  commitment: Hash,
  secret: Hash,
  purpose: z.enum(['pool', 'tie', 'shortlist', 'inspection']),
  /** A position has 64 hex digits, or the 32 of an MD5 under RFC 3797. */
  order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), position: z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{64})$/) })),
  winner: z.string().nullable(),
  /** Null until the draw's own entry is under a checkpoint, a minute at most. */
  ledger: LedgerProofs.nullable(),
})
export type DrawBundle = z.output<typeof DrawBundle>

type Facts = {
  tender: string
  terms: DrawTerms
  /** The three entries' bodies, as stored. */
  publication: string
  freeze: string
  draw: string
  leaves: readonly PoolLeaf[]
  beacon: Beacon
  secret: Uint8Array
  order: readonly Placed[]
}

/** Puts the facts of a draw together; `ledger` is filled by `proveBundle` once the entries are under a checkpoint. */
export function buildBundle({ tender, terms, publication, freeze, draw, leaves, beacon, secret, order }: Facts): DrawBundle {
  const bundle: Json = {
    format: BUNDLE_FORMAT,
    suite: SUITE,
    tender,
    drawNumber: terms.number,
    first: terms.first,
    publication: JSON.parse(publication),
    freeze: JSON.parse(freeze),
    leaves: [...leaves],
    leafHashes: leafHashesOf(leaves).map((hash) => hash.toString('hex')),
    draw: JSON.parse(draw),
    beacon,
    commitment: terms.commitment,
    secret: Buffer.from(secret).toString('hex'),
    purpose: 'pool',
    order: [...order],
    winner: order[0]?.label ?? null,
    ledger: null,
  }
  return DrawBundle.parse(bundle)
}
