import type { Opened } from '#app/domain/bids/opened.ts'
import { envelopeOf } from '#app/domain/bids/envelope.ts'
import type { Ranked } from '#app/domain/bids/ranking.ts'
import { SUITE, type Json } from '../ledger/canonical.ts'
import { leafHashesOf, type Beacon, type PoolLeaf } from './draw.ts'

export const RESULT_FORMAT = 'mingdan-result-bundle/v1'

type Facts = {
  tender: string
  /** The four entries' bodies, as stored. */
  publication: string
  freeze: string
  opening: string
  result: string
  leaves: readonly PoolLeaf[]
  opened: readonly Opened[]
  /** Every sealed bid by its id, byte for byte. */
  envelopes: ReadonlyMap<string, string>
  beacon: Beacon
  secret: Uint8Array
  order: readonly Ranked[]
  /** Of a selection by merit: the entry that made the score sheets public, and the sheets. */
  reveal?: string
  sheets?: readonly Json[]
}

/** Everything one needs to open every sealed price again and to rank it, without asking anybody. */
export function buildResult({ tender, publication, freeze, opening, result, leaves, opened, envelopes, beacon, secret, order, reveal, sheets }: Facts): Record<string, Json> {
  return {
    format: RESULT_FORMAT,
    suite: SUITE,
    tender,
    publication: JSON.parse(publication) as Json,
    freeze: JSON.parse(freeze) as Json,
    leaves: [...leaves],
    leafHashes: leafHashesOf(leaves).map((hash) => hash.toString('hex')),
    opening: JSON.parse(opening) as Json,
    opened: opened.map(({ bid, outcome, reason, keys, lowMarks }) => ({ bid, outcome, reason, keys, low: lowMarks, envelope: envelopeOf(envelopes.get(bid)!) as unknown as Json })),
    ...(reveal && sheets && { reveal: JSON.parse(reveal) as Json, sheets: [...sheets] }),
    result: JSON.parse(result) as Json,
    beacon,
    secret: Buffer.from(secret).toString('hex'),
    purpose: 'tie',
    order: [...order],
    winner: order[0]?.label ?? null,
    ledger: null,
  }
}
