import { z } from 'zod'
import type { Json } from '../ledger/canonical.ts'
import { commitmentOf, DRAW_RULES, drawSecret, labelsOf, poolOf, poolRoot, type Beacon, type DrawPurpose, type Placed, type PoolLeaf } from './draw.ts'

const Instant = z.iso.datetime({ precision: 3 })
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What publication fixes about a draw; it stands under `draw` in the facts of the entry `tender.published`. */
export const DrawTerms = z.strictObject({
  rules: z.literal(DRAW_RULES),
  source: z.literal('local'),
  closesAt: Instant,
  drawsAfter: Instant,
  commitment: Hash,
  /** A tender that is published again is drawn again: draw no. 2, and it names the first. */
  number: z.int().positive(),
  first: z.strictObject({ tender: z.string(), entry: z.uuid() }).nullable(),
})
export type DrawTerms = z.output<typeof DrawTerms>

type Publication = { tender: string; closesAt: Date; drawsAfter: Date; earlier?: { number: number; first: { tender: string; entry: string } } | null }

/**
 * Makes the terms that publication puts into the ledger.
 *
 * @param earlier for a republished tender: the number of the draw before, and the very first tender with its entry of publication
 */
export function drawTerms(keyring: { drawSeed: Uint8Array }, { tender, closesAt, drawsAfter, earlier }: Publication): DrawTerms {
  return {
    rules: DRAW_RULES,
    source: 'local',
    closesAt: closesAt.toISOString(),
    drawsAfter: drawsAfter.toISOString(),
    commitment: commitmentOf(drawSecret(keyring, tender)).toString('hex'),
    number: earlier ? earlier.number + 1 : 1,
    first: earlier?.first ?? null,
  }
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

type Drawn = { freezeEntry: string; beacon: Beacon; poolRoot: Uint8Array; secret: Uint8Array; order: Placed[]; purpose?: DrawPurpose }

/** What the entry `draw.drawn` says: facts under `draw`, and the whole order as payload. */
export function drawFacts({ freezeEntry, beacon, poolRoot: root, secret, order, purpose = 'pool' }: Drawn): { facts: Record<string, Json>; payload: Json } {
  const draw = {
    freeze: freezeEntry,
    beacon,
    poolRoot: Buffer.from(root).toString('hex'),
    secret: Buffer.from(secret).toString('hex'),
    purpose,
    winner: order[0]?.label ?? null,
  }
  return { facts: { draw }, payload: order }
}
