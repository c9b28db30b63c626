import { z } from 'zod'
import { envelopeOf } from '#app/domain/bids/envelope.ts'
import type { Opened } from '#app/domain/bids/opened.ts'
import type { Ranked } from '#app/domain/bids/ranking.ts'
import { SUITE, type Json } from '../ledger/canonical.ts'
import { leafHashesOf, type Beacon, type DrawPurpose, type Placed, type PoolLeaf } from './draw.ts'
import { GAME_NAMES } from './lottery.ts'
import { DrawTerms } from './terms.ts'
import { BundledEntry, Count, Hash, Proven, RELEASED, RELEASES_PROVEN, type ShownRelease } from './bundled-entry.ts'

export const BUNDLE_FORMAT = 'mingdan-bundle/v2'

const Leaf = z.strictObject({ bid: z.uuid(), bidHash: Hash, label: z.string().nullable(), receivedAt: z.string(), standing: z.enum(['eligible', 'excluded']), reasons: z.array(z.string()) })

const BundledBeacon = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('local'), at: z.string(), value: Hash }),
  z.strictObject({ source: z.literal('drand'), at: z.string(), chain: Hash, round: z.int().positive(), signature: z.string(), value: Hash }),
  z.strictObject({ source: z.literal('lottery'), at: z.string(), game: z.enum(GAME_NAMES), issue: z.string(), day: z.string(), numbers: z.array(z.array(z.int())), value: Hash }),
])

/** What a bundle of every method has; docs/verification.md explains each member. */
export const HEAD = {
  format: z.literal(BUNDLE_FORMAT),
  suite: z.literal(SUITE),
  tender: z.string(),
  drawNumber: z.int().positive(),
  first: z.strictObject({ tender: z.string(), entry: z.uuid() }).nullable(),
  publication: BundledEntry,
  /** The entries that moved the deadline, in the order of the log; absent where nothing did. */
  moves: z.array(BundledEntry).min(1).optional(),
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
export const ledgerOf = <S extends z.ZodRawShape>(steps: S) =>
  z
    .strictObject({
      /** A signed note that covers every entry. */
      checkpoint: z.string(),
      /** Verifier keys of the log. Compare them with those you kept: a bundle cannot vouch for itself. */
      keys: z.array(z.string()).min(1),
      publication: Proven,
      /** One an entry of `moves`. */
      moves: z.array(Proven).min(1).optional(),
      freeze: Proven,
      steps: z.strictObject(steps),
      /** From the tree that ends with the entry before the last, whose root is the beacon's value, to the checkpoint; empty where the value came from outside. */
      beacon: z.array(Hash),
    })
    .nullable()

/** A position has 64 hex digits, or the 32 of an MD5 under RFC 3797. */
const DrawSteps = z.strictObject({ draw: BundledEntry, order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), position: z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{64})$/) })) })

export const PriceSteps = z.strictObject({
  ...RELEASED,
  opening: BundledEntry,
  opened: z.array(z.strictObject({ bid: z.uuid(), outcome: z.enum(['valid', 'invalid']), reason: z.string().nullable(), keys: z.strictObject({ offer: Hash.optional() }), low: z.array(z.string()), holders: z.array(z.string()).min(1).optional(), envelope: z.json() })),
  result: BundledEntry,
  order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), bid: z.uuid(), value: Count, position: Hash })),
})

export const AuctionSteps = z.strictObject({
  /** One entry a quote, in the order of the log, and beside it what was hashed. */
  quotes: z.array(BundledEntry),
  bodies: z.array(z.strictObject({ tender: z.string(), quote: z.uuid(), sequence: z.int().positive(), round: z.int().positive(), bid: z.uuid(), amountFen: z.int().positive(), quotedAt: z.string(), previous: Hash, salt: z.string() })),
  opening: BundledEntry,
  /** Every eligible bid with its own body, which shows whose it is. */
  opened: z.array(z.strictObject({ bid: z.uuid(), outcome: z.enum(['valid', 'invalid']), reason: z.string().nullable(), amountFen: z.int().positive().nullable(), low: z.array(z.string()), body: z.json() })),
  result: BundledEntry,
  order: PriceSteps.shape.order,
})

/** Everything one needs to come to a tender's result again without asking anybody. Which steps led there, the method says. */
export const Bundle = z.discriminatedUnion('method', [
  z.strictObject({ ...HEAD, method: z.literal('random'), purpose: z.literal('pool'), steps: DrawSteps, ledger: ledgerOf({ draw: Proven }) }),
  z.strictObject({ ...HEAD, method: z.enum(['lowest-price', 'average-price']), purpose: z.literal('tie'), steps: PriceSteps, ledger: ledgerOf({ ...RELEASES_PROVEN, opening: Proven, result: Proven }) }),
  z.strictObject({ ...HEAD, method: z.literal('live-auction'), purpose: z.literal('tie'), steps: AuctionSteps, ledger: ledgerOf({ quotes: z.array(Proven), opening: Proven, result: Proven }) }),
])
export type Bundle = z.output<typeof Bundle>
export type DrawBundle = Extract<Bundle, { method: 'random' }>
export type AuctionBundle = Extract<Bundle, { method: 'live-auction' }>
export type PriceBundle = Exclude<Bundle, DrawBundle | AuctionBundle>

/** The steps of a draw. @param draw the entry's body, as stored */
export function drawSteps({ draw, order }: { draw: string; order: readonly Placed[] }): Json {
  return { draw: JSON.parse(draw) as Json, order: [...order] }
}

type Priced = {
  /** The two entries' bodies, as stored. */
  opening: string
  result?: string
  opened: readonly Opened[]
  /** Every sealed bid by its id, byte for byte. */
  envelopes: ReadonlyMap<string, string>
  /** What the holders showed, where bids were sealed in shares. */
  releases?: readonly ShownRelease[]
  order?: readonly Ranked[]
}

/** The steps of a selection by price: with them anybody opens every sealed price again and ranks it. */
export function priceSteps({ opening, result, opened, envelopes, releases = [], order }: Priced): Json {
  return {
    ...(releases.length > 0 && { releases: releases.map(({ entry }) => JSON.parse(entry) as Json), released: releases.map(({ holder, shares }) => ({ holder, shares: [...shares] })) }),
    opening: JSON.parse(opening) as Json,
    opened: opened.map(({ bid, outcome, reason, keys, lowMarks, holders }) => ({ bid, outcome, reason, keys, low: lowMarks, ...(holders?.length && { holders }), envelope: envelopeOf(envelopes.get(bid)!) as unknown as Json })),
    ...decided(result, order),
  }
}

type Auctioned = Pick<Priced, 'opening' | 'result' | 'opened' | 'order'> & {
  /** The quotes in their order, each entry's body as stored and what was hashed. */
  quotes: readonly { entry: string; body: string }[]
  /** Every bid's own body by its id. */
  bodies: ReadonlyMap<string, string>
}

/** The steps of an auction: with them anybody counts its quotes again, one after another. */
export function auctionSteps({ quotes, opening, opened, bodies, result, order }: Auctioned): Json {
  return {
    quotes: quotes.map(({ entry }) => JSON.parse(entry) as Json),
    bodies: quotes.map(({ body }) => JSON.parse(body) as Json),
    opening: JSON.parse(opening) as Json,
    opened: opened.map(({ bid, outcome, reason, amountFen, lowMarks }) => ({ bid, outcome, reason, amountFen, low: lowMarks, body: JSON.parse(bodies.get(bid)!) as Json })),
    ...decided(result, order),
  }
}

/** What stands there where enough prices were valid. */
const decided = (result?: string, order?: readonly Ranked[]) => ({ ...(result && { result: JSON.parse(result) as Json }), ...(order && { order: [...order] }) })

type Facts = {
  method: Bundle['method']
  purpose: DrawPurpose
  /** The entries' bodies, as stored. */
  publication: string
  moves?: readonly string[]
  freeze: string
  leaves: readonly PoolLeaf[]
  beacon: Beacon
  secret: Uint8Array
  winner: string | null
  steps: Json
}

/** Puts the facts of a result together; `ledger` is filled by `proveBundle` once the entries are under a checkpoint. */
export function buildBundle({ method, purpose, publication, moves = [], freeze, leaves, beacon, secret, winner, steps }: Facts): Bundle {
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
    ...(moves.length > 0 && { moves: moves.map((body) => JSON.parse(body) as Json) }),
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

/** Entries of which there are several, under the name that they share: an auction's quotes, and what holders showed of bids sealed in shares. */
export function listedEntries({ steps }: { steps: object }): [name: string, entry: BundledEntry][] {
  const lists = steps as { quotes?: BundledEntry[]; releases?: BundledEntry[] }
  return (['quotes', 'releases'] as const).flatMap((name) => (lists[name] ?? []).map((entry): [string, BundledEntry] => [name, entry]))
}

/** A method's own entries by name, in the order of the log; the last one decided. What {@link listedEntries} has shares one name. */
export function stepEntries(bundle: Bundle): [name: string, entry: BundledEntry][] {
  if (bundle.method === 'random') return [['draw', bundle.steps.draw]]
  return [...listedEntries(bundle), ['opening', bundle.steps.opening], ['result', bundle.steps.result]]
}
