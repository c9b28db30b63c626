import { z } from 'zod'
import { SUITE, type Json } from '../ledger/canonical.ts'
import { BUNDLE_FORMAT, HEAD, ledgerOf, listed, stepEntries, type Bundle } from './bundle.ts'
import type { DirectBundle } from './direct-bundle.ts'
import { AUCTION_PROVEN, AuctionSteps, MeritSteps, PriceSteps, Proven, RELEASES_PROVEN, type BundledEntry } from './bundle-steps.ts'
import { leafHashesOf, type PoolLeaf } from './draw.ts'
import { DrawTerms } from './terms.ts'

const NOTHING = { beacon: z.null(), secret: z.null(), winner: z.null(), purpose: z.literal('tie') }

/** A selection that failed at its opening: what was opened, and why so little of it counts. Nothing was decided, so that no value and no secret belong to it. */
export const Failure = z.discriminatedUnion('method', [
  z.strictObject({ ...HEAD, ...NOTHING, method: z.enum(['lowest-price', 'average-price']), steps: PriceSteps.omit({ result: true, order: true }), ledger: ledgerOf({ ...RELEASES_PROVEN, opening: Proven }) }),
  z.strictObject({ ...HEAD, ...NOTHING, method: z.literal('merit'), steps: MeritSteps.pick({ seated: true, opening: true, opened: true }), ledger: ledgerOf({ seated: z.array(Proven), opening: Proven }) }),
  z.strictObject({ ...HEAD, ...NOTHING, method: z.literal('live-auction'), steps: AuctionSteps.omit({ result: true, order: true }), ledger: ledgerOf({ ...AUCTION_PROVEN, opening: Proven }) }),
])
export type Failure = z.output<typeof Failure>

type Facts = {
  method: Failure['method']
  /** The entries' bodies, as stored. */
  publication: string
  moves: readonly string[]
  freeze: string
  leaves: readonly PoolLeaf[]
  steps: Json
}

/** Puts the facts of a failure together, in the format of results; `ledger` is filled by `proveBundle`. */
export function buildFailure({ method, publication, moves, freeze, leaves, steps }: Facts): Failure {
  const published = JSON.parse(publication) as { subject: string; facts: { draw: unknown } }
  const { number, first, commitment } = DrawTerms.parse(published.facts.draw)
  return Failure.parse({
    format: BUNDLE_FORMAT,
    suite: SUITE,
    tender: published.subject,
    method,
    drawNumber: number,
    first,
    publication: published,
    ...(moves.length > 0 && { moves: moves.map((body) => JSON.parse(body) as Json) }),
    freeze: JSON.parse(freeze),
    leaves,
    leafHashes: leafHashesOf(leaves).map((hash) => hash.toString('hex')),
    beacon: null,
    commitment,
    secret: null,
    purpose: 'tie',
    steps,
    winner: null,
    ledger: null,
  })
}

/** What can be checked of a tender that has ended. */
export type AnyBundle = Bundle | Failure | DirectBundle

/** Has it an order of bidders, be it an empty one? A selection that failed at its opening has none, and a direct one neither. */
export const isDecided = (bundle: AnyBundle): bundle is Bundle => 'order' in bundle.steps

/** The entries that a method has of its own, as `stepEntries` has them for results. */
export function ownEntries(bundle: AnyBundle): [name: string, entries: BundledEntry | BundledEntry[]][] {
  if (isDecided(bundle)) return stepEntries(bundle)
  if (bundle.method === 'direct') {
    const { acceptance, closing, award, declined } = bundle.steps
    return [['acceptance', acceptance], ['closing', closing], ['award', award], ...(declined ? [['declined', declined] as [string, BundledEntry]] : [])]
  }
  const { method, steps } = bundle
  return [...listed(method === 'live-auction' ? { quotes: steps.quotes, extensions: steps.extensions } : method === 'merit' ? { seated: steps.seated } : { releases: steps.releases }), ['opening', steps.opening]]
}
