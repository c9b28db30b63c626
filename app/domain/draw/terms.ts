import { z } from 'zod'
import type { Json } from '../ledger/canonical.ts'
import { ALGORITHMS, commitmentOf, DRAW_RULES, drawSecret, labelsOf, poolOf, poolRoot, type Algorithm, type Beacon, type DrawPurpose, type Placed, type PoolLeaf } from './draw.ts'
import { QUICKNET, roundFrom } from './drand.ts'
import { GAME_NAMES, type GameName } from './lottery.ts'

const Instant = z.iso.datetime({ precision: 3 })
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

const TERMS = {
  rules: z.enum(ALGORITHMS),
  closesAt: Instant,
  drawsAfter: Instant,
  commitment: Hash,
  /** A tender that is published again is drawn again: draw no. 2, and it names the first. */
  number: z.int().positive(),
  first: z.strictObject({ tender: z.string(), entry: z.uuid() }).nullable(),
}

/** What publication fixes about a draw; it stands under `draw` in the facts of the entry `tender.published`. */
export const DrawTerms = z.discriminatedUnion('source', [
  z.strictObject({ ...TERMS, source: z.literal('local') }),
  /** `round` is the first at or after `drawsAfter`; where the freeze comes under a checkpoint too late for it, or prices are decided later, a later one is derived. */
  z.strictObject({ ...TERMS, source: z.literal('drand'), chain: z.literal(QUICKNET.chain), round: z.int().positive() }),
  z.strictObject({ ...TERMS, source: z.literal('lottery'), game: z.enum(GAME_NAMES) }),
])
export type DrawTerms = z.output<typeof DrawTerms>

/** Source and algorithm as the procedure of the tender has them. */
export type Randomness = { rules: Algorithm } & ({ source: 'local' | 'drand' } | { source: 'lottery'; game: GameName })

type Publication = { tender: string; closesAt: Date; drawsAfter: Date; randomness?: Randomness; earlier?: { number: number; first: { tender: string; entry: string } } | null }

/**
 * Makes the terms that publication puts into the ledger.
 *
 * @param earlier for a republished tender: the number of the draw before, and the very first tender with its entry of publication
 */
export function drawTerms(keyring: { drawSeed: Uint8Array }, { tender, closesAt, drawsAfter, randomness = { source: 'local', rules: DRAW_RULES }, earlier }: Publication): DrawTerms {
  const terms = {
    rules: randomness.rules,
    closesAt: closesAt.toISOString(),
    drawsAfter: drawsAfter.toISOString(),
    commitment: commitmentOf(drawSecret(keyring, tender)).toString('hex'),
    number: earlier ? earlier.number + 1 : 1,
    first: earlier?.first ?? null,
  }
  if (randomness.source === 'lottery') return { ...terms, source: 'lottery', game: randomness.game }
  if (randomness.source === 'drand') return { ...terms, source: 'drand', chain: QUICKNET.chain, round: roundFrom(drawsAfter) }
  return { ...terms, source: 'local' }
}

/** The dates in force where the deadline has moved since publication, with the entries that moved it, the first one first. */
export type Moved = { closesAt: Date; drawsAfter: Date; extensions: string[] }

/** What the entry `pool.frozen` says: facts under `draw`, and the leaves as payload. `moved` is there only where the deadline moved. */
export function freezeFacts(publicationEntry: string, leaves: readonly PoolLeaf[], moved: Moved | null = null): { facts: Record<string, Json>; payload: Json; pool: PoolLeaf[]; root: Buffer } {
  const pool = poolOf(leaves)
  const eligible = labelsOf(pool).length
  const root = poolRoot(pool)
  const draw = { publication: publicationEntry, poolRoot: root.toString('hex'), received: pool.length, eligible, excluded: pool.length - eligible }
  const dates = moved && { moved: { closesAt: moved.closesAt.toISOString(), drawsAfter: moved.drawsAfter.toISOString(), extensions: moved.extensions } }
  return { facts: { draw: { ...draw, ...dates } }, payload: pool, pool, root }
}

/** Beside a value that came from outside: when the checkpoint was signed that had to come first, and the entry in which a value that people read was accepted. */
export type BeaconEvidence = { covered?: string; accepted?: string }

type Drawn = { freezeEntry: string; beacon: Beacon; evidence?: BeaconEvidence; poolRoot: Uint8Array; secret: Uint8Array; order: Placed[]; purpose?: DrawPurpose; pickBy?: Date }

/** What the entry `draw.drawn`, or `shortlist.drawn`, says: facts under `draw`, and the whole order as payload. A shortlist has no winner yet, and says until when one is picked. */
export function drawFacts({ freezeEntry, beacon, evidence, poolRoot: root, secret, order, purpose = 'pool', pickBy }: Drawn): { facts: Record<string, Json>; payload: Json } {
  const draw = {
    freeze: freezeEntry,
    beacon,
    poolRoot: Buffer.from(root).toString('hex'),
    secret: Buffer.from(secret).toString('hex'),
    purpose,
    winner: pickBy ? null : (order[0]?.label ?? null),
    ...(pickBy && { pickBy: pickBy.toISOString() }),
    ...evidence,
  }
  return { facts: { draw }, payload: order }
}
