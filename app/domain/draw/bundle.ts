import { z } from 'zod'
import { envelopeOf } from '#app/domain/bids/envelope.ts'
import type { Opened } from '#app/domain/bids/opened.ts'
import type { Ranked } from '#app/domain/bids/ranking.ts'
import { SUITE, type Json } from '../ledger/canonical.ts'
import { leafHashesOf, type Beacon, type DrawPurpose, type Placed, type PoolLeaf } from './draw.ts'
import { GAME_NAMES } from './lottery.ts'
import { DrawTerms } from './terms.ts'

export const BUNDLE_FORMAT = 'mingdan-bundle/v2'

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

/** What a bundle of every method has; docs/verification.md explains each member. */
const HEAD = {
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
  beacon: BundledBeacon,
  commitment: Hash,
  secret: Hash,
  winner: z.string().nullable(),
}

/** The proofs of the entries stand where the entries stand. Null until the last of them is under a checkpoint, a minute at most. */
const ledgerOf = <S extends z.ZodRawShape>(steps: S) =>
  z
    .strictObject({
      /** A signed note that covers every entry. */
      checkpoint: z.string(),
      /** Verifier keys of the log. Compare them with those you kept: a bundle cannot vouch for itself. */
      keys: z.array(z.string()).min(1),
      publication: Proven,
      freeze: Proven,
      steps: z.strictObject(steps),
      /** From the tree that ends with the entry before the last, whose root is the beacon's value, to the checkpoint; empty where the value came from outside. */
      beacon: z.array(Hash),
    })
    .nullable()

/** A position has 64 hex digits, or the 32 of an MD5 under RFC 3797. */
const DrawSteps = z.strictObject({ draw: BundledEntry, order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), position: z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{64})$/) })) })

const PriceSteps = z.strictObject({
  opening: BundledEntry,
  opened: z.array(z.strictObject({ bid: z.uuid(), outcome: z.enum(['valid', 'invalid']), reason: z.string().nullable(), keys: z.strictObject({ offer: Hash.optional() }), low: z.array(z.string()), envelope: z.json() })),
  result: BundledEntry,
  order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), bid: z.uuid(), value: Count, position: Hash })),
})

const Points = z.strictObject({ price: Count, judged: Count, total: Count })
const Mark = z.strictObject({ bid: z.uuid(), criterion: z.string(), points: Count, reason: z.string() })

/**
 * The same with the judges and their score sheets. `value` is the sum of all points over all judges, in hundredths, and `price` what is compared of the price.
 * A plan's key is there only where plans are public.
 */
const MeritSteps = z.strictObject({
  /** What the ledger has of the judges before the opening, and between it and the showing of the sheets. */
  seated: z.array(BundledEntry),
  judged: z.array(BundledEntry),
  opening: BundledEntry,
  opened: z.array(z.strictObject({ bid: z.uuid(), outcome: z.enum(['valid', 'invalid']), reason: z.string().nullable(), keys: z.strictObject({ offer: Hash.optional(), plan: Hash.optional() }), low: z.array(z.string()), envelope: z.json() })),
  reveal: BundledEntry,
  sheets: z.array(z.strictObject({ seat: z.int().positive(), hash: Hash, sheet: z.strictObject({ format: z.literal('mingdan-score-sheet/v1'), tender: z.string(), seat: z.int().positive(), marks: z.array(Mark), salt: z.string() }) })),
  result: BundledEntry,
  order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), bid: z.uuid(), value: Count, price: Count, position: Hash, points: Points })),
})

/** Everything one needs to come to a tender's result again without asking anybody. Which steps led there, the method says. */
export const Bundle = z.discriminatedUnion('method', [
  z.strictObject({ ...HEAD, method: z.literal('random'), purpose: z.literal('pool'), steps: DrawSteps, ledger: ledgerOf({ draw: Proven }) }),
  z.strictObject({ ...HEAD, method: z.enum(['lowest-price', 'average-price']), purpose: z.literal('tie'), steps: PriceSteps, ledger: ledgerOf({ opening: Proven, result: Proven }) }),
  z.strictObject({ ...HEAD, method: z.literal('merit'), purpose: z.literal('tie'), steps: MeritSteps, ledger: ledgerOf({ seated: z.array(Proven), opening: Proven, judged: z.array(Proven), reveal: Proven, result: Proven }) }),
])
export type Bundle = z.output<typeof Bundle>
export type DrawBundle = Extract<Bundle, { method: 'random' }>
export type MeritBundle = Extract<Bundle, { method: 'merit' }>
export type PriceBundle = Extract<Bundle, { method: 'lowest-price' | 'average-price' }>

/** The steps of a draw. @param draw the entry's body, as stored */
export function drawSteps({ draw, order }: { draw: string; order: readonly Placed[] }): Json {
  return { draw: JSON.parse(draw) as Json, order: [...order] }
}

type Priced = {
  /** The two entries' bodies, as stored. */
  opening: string
  result: string
  opened: readonly Opened[]
  /** Every sealed bid by its id, byte for byte. */
  envelopes: ReadonlyMap<string, string>
  order: readonly Ranked[]
}

/** The steps of a selection by price: with them anybody opens every sealed price again and ranks it. */
export function priceSteps({ opening, result, opened, envelopes, order }: Priced): Json {
  return {
    opening: JSON.parse(opening) as Json,
    opened: opened.map(({ bid, outcome, reason, keys, lowMarks }) => ({ bid, outcome, reason, keys, low: lowMarks, envelope: envelopeOf(envelopes.get(bid)!) as unknown as Json })),
    result: JSON.parse(result) as Json,
    order: [...order],
  }
}

/**
 * The steps of a selection by merit: those of one by price, what the judges did, and the sheets with the entry that made them public.
 *
 * @param seated the bodies of the judges' entries before the opening, in the order of the log; `judged` those after it
 */
export function meritSteps({ seated, judged, reveal, sheets, ...priced }: Priced & { seated: readonly string[]; judged: readonly string[]; reveal: string; sheets: readonly Json[] }): Json {
  const entries = (bodies: readonly string[]) => bodies.map((body) => JSON.parse(body) as Json)
  return { ...(priceSteps(priced) as { [name: string]: Json }), seated: entries(seated), judged: entries(judged), reveal: JSON.parse(reveal) as Json, sheets: [...sheets] }
}

type Facts = {
  method: Bundle['method']
  purpose: DrawPurpose
  /** The entries' bodies, as stored. */
  publication: string
  freeze: string
  leaves: readonly PoolLeaf[]
  beacon: Beacon
  secret: Uint8Array
  winner: string | null
  steps: Json
}

/** Puts the facts of a result together; `ledger` is filled by `proveBundle` once the entries are under a checkpoint. */
export function buildBundle({ method, purpose, publication, freeze, leaves, beacon, secret, winner, steps }: Facts): Bundle {
  const published = JSON.parse(publication) as { subject: string; facts: { draw: unknown } }
  const terms = DrawTerms.parse(published.facts.draw)
  return Bundle.parse({
    format: BUNDLE_FORMAT,
    suite: SUITE,
    tender: published.subject,
    method,
    drawNumber: terms.number,
    first: terms.first,
    publication: published,
    freeze: JSON.parse(freeze),
    leaves,
    leafHashes: leafHashesOf(leaves).map((hash) => hash.toString('hex')),
    beacon,
    commitment: terms.commitment,
    secret: Buffer.from(secret).toString('hex'),
    purpose,
    steps,
    winner,
    ledger: null,
  })
}

/** A method's own entries by name, in the order of the log; the last one decided. Several of one name stand in a list. */
export function stepEntries(bundle: Bundle): [name: string, entries: BundledEntry | BundledEntry[]][] {
  if (bundle.method === 'merit') return (['seated', 'opening', 'judged', 'reveal', 'result'] as const).map((name) => [name, bundle.steps[name]])
  return bundle.method === 'random' ? [['draw', bundle.steps.draw]] : [['opening', bundle.steps.opening], ['result', bundle.steps.result]]
}
