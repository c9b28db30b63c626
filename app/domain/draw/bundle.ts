import { z } from 'zod'
import { envelopeOf } from '#app/domain/bids/envelope.ts'
import type { Opened } from '#app/domain/bids/opened.ts'
import type { Ranked } from '#app/domain/bids/ranking.ts'
import { SUITE, type Json } from '../ledger/canonical.ts'
import { AUCTION_PROVEN, AuctionSteps, BundledEntry, DrawSteps, Hash, HOLDS_PROVEN, MeritSteps, PriceSteps, Proven, RELEASES_PROVEN, ShortlistSteps, type ShownRelease } from './bundle-steps.ts'
import { leafHashesOf, type Beacon, type DrawPurpose, type Placed, type PoolLeaf } from './draw.ts'
import { GAME_NAMES } from './lottery.ts'
import { DrawTerms } from './terms.ts'
import { MOST_WITNESSES } from './witness.ts'

export const BUNDLE_FORMAT = 'mingdan-bundle/v2'

const Leaf = z.strictObject({ bid: z.uuid(), bidHash: Hash, label: z.string().nullable(), receivedAt: z.string(), standing: z.enum(['eligible', 'excluded']), reasons: z.array(z.string()), credit: z.strictObject({ grade: z.string(), entry: z.uuid().nullable() }).nullable().optional() })

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
  /** Lay witnesses' signatures under the result, by place, each with the enrolment that put its key on record before; absent where nobody signed. */
  witnesses: z.array(z.strictObject({ signed: BundledEntry, enrolled: BundledEntry.optional() })).min(1).max(MOST_WITNESSES).optional(),
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
      witnesses: z.array(z.strictObject({ signed: Proven, enrolled: Proven.optional() })).min(1).max(MOST_WITNESSES).optional(),
      steps: z.strictObject(steps),
      /** From the tree that ends with the entry before the last, whose root is the beacon's value, to the checkpoint; empty where the value came from outside. */
      beacon: z.array(Hash),
    })
    .nullable()

/** Everything one needs to come to a tender's result again without asking anybody. Which steps led there, the method says. */
export const Bundle = z.discriminatedUnion('method', [
  z.strictObject({ ...HEAD, method: z.literal('random'), purpose: z.literal('pool'), steps: DrawSteps, ledger: ledgerOf({ draw: Proven }) }),
  z.strictObject({ ...HEAD, method: z.enum(['lowest-price', 'average-price']), purpose: z.literal('tie'), steps: PriceSteps, ledger: ledgerOf({ ...RELEASES_PROVEN, opening: Proven, result: Proven }) }),
  z.strictObject({ ...HEAD, method: z.literal('live-auction'), purpose: z.literal('tie'), steps: AuctionSteps, ledger: ledgerOf({ ...AUCTION_PROVEN, opening: Proven, result: Proven }) }),
  z.strictObject({ ...HEAD, method: z.literal('credit-shortlist'), purpose: z.literal('shortlist'), steps: ShortlistSteps, ledger: ledgerOf({ draw: Proven, ...HOLDS_PROVEN, pick: Proven.nullable() }) }),
  z.strictObject({ ...HEAD, method: z.literal('merit'), purpose: z.literal('tie'), steps: MeritSteps, ledger: ledgerOf({ seated: z.array(Proven), opening: Proven, judged: z.array(Proven), reveal: Proven, result: Proven }) }),
])
export type Bundle = z.output<typeof Bundle>
export type DrawBundle = Extract<Bundle, { method: 'random' }>
export type AuctionBundle = Extract<Bundle, { method: 'live-auction' }>
export type MeritBundle = Extract<Bundle, { method: 'merit' }>
export type PriceBundle = Extract<Bundle, { method: 'lowest-price' | 'average-price' }>
export type ShortlistBundle = Extract<Bundle, { method: 'credit-shortlist' }>

/** The steps of a draw. @param draw the entry's body, as stored */
export function drawSteps({ draw, order }: { draw: string; order: readonly Placed[] }): Json {
  return { draw: JSON.parse(draw) as Json, order: [...order] }
}

/** The steps of a shortlist as it was drawn, before anybody is picked. */
export function shortlistSteps({ draw, order }: { draw: string; order: readonly (Placed & { balls: number })[] }): Json {
  return { draw: JSON.parse(draw) as Json, order: [...order], pick: null }
}

/** The same bundle with what followed: holds that gave its owner time back, and the pick, if there is one. Bodies of entries as stored. */
export function withPick(bundle: ShortlistBundle, { holds, pick }: { holds: readonly string[]; pick: string | undefined }): ShortlistBundle {
  const held = holds.map((body) => BundledEntry.parse(JSON.parse(body)))
  const entry = pick === undefined ? null : BundledEntry.parse(JSON.parse(pick))
  return { ...bundle, winner: entry && (entry.facts as { pick: { label: string } }).pick.label, steps: { ...bundle.steps, ...(held.length > 0 && { holds: held }), pick: entry } }
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
  /** The quotes in their order, each entry's body as stored and what was hashed; and the bodies of the entries that gave further rounds. */
  quotes: readonly { entry: string; body: string }[]; extensions?: readonly string[]
  /** Every bid's own body by its id. */
  bodies: ReadonlyMap<string, string>
}

/** The steps of an auction: with them anybody counts its quotes again, one after another. */
export function auctionSteps({ quotes, extensions = [], opening, opened, bodies, result, order }: Auctioned): Json {
  return {
    ...(extensions.length > 0 && { extensions: extensions.map((entry) => JSON.parse(entry) as Json) }),
    quotes: quotes.map(({ entry }) => JSON.parse(entry) as Json),
    bodies: quotes.map(({ body }) => JSON.parse(body) as Json),
    opening: JSON.parse(opening) as Json,
    opened: opened.map(({ bid, outcome, reason, amountFen, lowMarks }) => ({ bid, outcome, reason, amountFen, low: lowMarks, body: JSON.parse(bodies.get(bid)!) as Json })),
    ...decided(result, order),
  }
}

/** What stands there where enough prices were valid. */
const decided = (result?: string, order?: readonly Ranked[]) => ({ ...(result && { result: JSON.parse(result) as Json }), ...(order && { order: [...order] }) })

/** The steps of a selection by merit until its bids were opened. @param seated the bodies of the judges' entries until then, in the order of the log */
export function seatedSteps({ seated, ...priced }: Priced & { seated: readonly string[] }): { [name: string]: Json } {
  return { ...(priceSteps(priced) as { [name: string]: Json }), seated: seated.map((body) => JSON.parse(body) as Json) }
}

/** The steps of a selection by merit: those until its opening, what the judges did then, and the sheets with the entry that made them public. @param judged like `seated`, after the opening */
export function meritSteps({ judged, reveal, sheets, ...before }: Parameters<typeof seatedSteps>[0] & { judged: readonly string[]; reveal: string; sheets: readonly Json[] }): Json {
  return { ...seatedSteps(before), judged: judged.map((body) => JSON.parse(body) as Json), reveal: JSON.parse(reveal) as Json, sheets: [...sheets] }
}

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

/** Entries of which there are several, in a list under the name that they share; a list that is not there has none. */
export function listed(lists: Record<string, BundledEntry[] | undefined>): [name: string, entries: BundledEntry[]][] {
  return Object.entries(lists).flatMap(([name, entries]): [string, BundledEntry[]][] => (entries ? [[name, entries]] : []))
}

/** A method's own entries by name, in the order of the log; the last one decided, but for holds of a small list and the pick, which come after it. Several of one name stand in a list. */
export function stepEntries(bundle: Bundle): [name: string, entries: BundledEntry | BundledEntry[]][] {
  if (bundle.method === 'random') return [['draw', bundle.steps.draw]]
  if (bundle.method === 'credit-shortlist') return [['draw', bundle.steps.draw], ...listed({ holds: bundle.steps.holds }), ...(bundle.steps.pick ? [['pick', bundle.steps.pick] as [string, BundledEntry]] : [])]
  if (bundle.method === 'merit') return (['seated', 'opening', 'judged', 'reveal', 'result'] as const).map((name) => [name, bundle.steps[name]])
  return [...listed(bundle.method === 'live-auction' ? { quotes: bundle.steps.quotes, extensions: bundle.steps.extensions } : { releases: bundle.steps.releases }), ['opening', bundle.steps.opening], ['result', bundle.steps.result]]
}
