import { createHmac, hkdfSync } from 'node:crypto'
import { canonical, sha256 } from '../ledger/canonical.ts'
import { leafHash, rootOf } from '../ledger/merkle.ts'
import type { GameName } from './lottery.ts'

export const DRAW_RULES = 'mingdan-draw/v1'

/** What an order is for. Each purpose gives its own order from the same draw. */
export type DrawPurpose = 'pool' | 'tie' | 'shortlist' | 'inspection'

/** One received bid in the pool. `label` is the bidder's uscc; an excluded bid may go without, and is known by its hash. */
export type PoolLeaf = {
  bid: string
  bidHash: string
  label: string | null
  receivedAt: string
  standing: 'eligible' | 'excluded'
  /** Coded; empty exactly when eligible. */
  reasons: string[]
  /** Only where credit counts: the grade at the freeze of whoever may be drawn, and the entry that published it; null where nobody may. */
  credit?: { grade: string; entry: string | null } | null
}

/** Where the value that decides comes from: the ledger itself, drand's quicknet, or a national lottery. */
export const DRAW_SOURCES = ['local', 'drand', 'lottery'] as const
export type DrawSource = (typeof DRAW_SOURCES)[number]

/** How an order is made of the value: by our own construction, or exactly as RFC 3797 was published. */
export const ALGORITHMS = [DRAW_RULES, 'rfc3797'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

/** `local` is the ledger's own root at the freeze, for demo marketplaces and small sums only; `at` is the published instant. */
export type LocalBeacon = { source: 'local'; at: string; value: string }
/** A round of drand's quicknet; `at` is when it appeared, and `value` the hash of its signature. */
export type DrandBeacon = { source: 'drand'; at: string; chain: string; round: number; signature: string; value: string }
/**
 * The numbers of a national lottery by drum, as two officers read them; `at` is the published instant. Who read them is
 * evidence and stands elsewhere: ids of ours in here would be something to choose.
 */
export type LotteryBeacon = { source: 'lottery'; at: string; game: GameName; issue: string; day: string; numbers: number[][]; value: string }
/** The future value that decides. */
export type Beacon = LocalBeacon | DrandBeacon | LotteryBeacon

export type Placed = { place: number; label: string; position: string }

/** A pool in the one order its root has: by the bids' hashes, which nobody could arrange. */
export function poolOf(leaves: readonly PoolLeaf[]): PoolLeaf[] {
  const pool = leaves.map((leaf) => {
    if ((leaf.standing === 'eligible') !== (leaf.reasons.length === 0)) throw new Error(`Bid ${leaf.bid} is ${leaf.standing} and has ${leaf.reasons.length} reasons against it.`)
    if (leaf.standing === 'eligible' && !leaf.label) throw new Error(`Bid ${leaf.bid} is eligible and has no label.`)
    return { ...leaf, reasons: [...leaf.reasons].sort() }
  })
  pool.sort((a, b) => compareText(a.bidHash, b.bidHash))
  if (new Set(pool.map(({ bidHash }) => bidHash)).size < pool.length) throw new Error('A bid stands twice in the pool.')
  const labels = labelsOf(pool)
  if (new Set(labels).size < labels.length) throw new Error('A bidder has two tickets in the pool.')
  return pool
}

/** The labels that are drawn from. */
export function labelsOf(pool: readonly PoolLeaf[]): string[] {
  return pool.flatMap(({ standing, label }) => (standing === 'eligible' && label ? [label] : []))
}

/** The Merkle root (RFC 9162) over the canonical JSON of the pool's leaves. */
export function poolRoot(pool: readonly PoolLeaf[]): Buffer {
  return rootOf(leafHashesOf(poolOf(pool)))
}

/** RFC 9162 leaf hashes over the canonical JSON of each leaf, in the order given: {@link poolOf} puts them into the one of the root. */
export function leafHashesOf(pool: readonly PoolLeaf[]): Buffer[] {
  return pool.map((leaf) => leafHash(Buffer.from(canonical(leaf))))
}

export type DrawInput = { beacon: Beacon; poolRoot: string; tender: string; rules: string }

/** The pseudo-random key of a draw: HKDF-Extract (RFC 5869) with the revealed secret, or nothing, as salt. */
export function drawKey({ beacon, poolRoot: root, tender, rules }: DrawInput, secret: Uint8Array = new Uint8Array()): Buffer {
  return createHmac('sha256', secret).update(canonical({ beacon, poolRoot: root, tender, rules })).digest()
}

/** Where a label falls: HKDF-Expand with the purpose and the label. Striking another label does not move it. */
export function positionOf(key: Uint8Array, purpose: DrawPurpose, label: string): Buffer {
  return createHmac('sha256', key).update(`mingdan/draw/v1\0${purpose}\0${label}`).update(Uint8Array.of(1)).digest()
}

/** The whole order: ascending positions, and equal ones by the labels' bytes. The first wins, the others are the reserve. */
export function orderOf(key: Uint8Array, purpose: DrawPurpose, labels: readonly string[]): Placed[] {
  return placed(labels.map((label) => ({ label, position: positionOf(key, purpose, label) })))
}

/** An order in which a label holds several balls and the best of them counts. Ball n of a label is drawn as `label ‖ 0 ‖ n`, n from 1. */
export function weightedOrderOf(key: Uint8Array, purpose: DrawPurpose, tickets: readonly { label: string; balls: number }[]): Placed[] {
  return placed(
    tickets.map(({ label, balls }) => {
      const positions = Array.from({ length: balls }, (_, ball) => positionOf(key, purpose, `${label}\0${ball + 1}`))
      return { label, position: positions.reduce((best, next) => (Buffer.compare(next, best) < 0 ? next : best)) }
    }),
  )
}

function placed(tickets: { label: string; position: Buffer }[]): Placed[] {
  return tickets
    .sort((a, b) => Buffer.compare(a.position, b.position) || compareText(a.label, b.label))
    .map(({ label, position }, place) => ({ place: place + 1, label, position: position.toString('hex') }))
}

/** By UTF-8 bytes, which is not JavaScript's own order beyond the basic plane. */
function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/**
 * The secret of one tender's draw: HKDF-SHA256 of the keyring's drawing seed, salted `mingdan/draw-seed/v1`, with the
 * tender's number as info. Whoever holds an escrowed share of the keyring can therefore open any draw, and no other way is needed.
 */
export function drawSecret({ drawSeed }: { drawSeed: Uint8Array }, tender: string): Buffer {
  return Buffer.from(hkdfSync('sha256', drawSeed, 'mingdan/draw-seed/v1', tender, 32))
}

/** What publication says of the secret, so that it cannot be chosen later. */
export function commitmentOf(secret: Uint8Array): Buffer {
  return sha256('mingdan/draw-secret/v1\0', secret)
}
