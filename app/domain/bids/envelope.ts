import { z } from 'zod'
import { canonical, SUITE } from '../ledger/canonical.ts'
import type { Sealing } from '../tenders/tender.ts'
import { PARTS, SEALED_FORMAT, type Envelope, type PartName } from './seal.ts'

/** The most that one sealed bid may take, in characters of its canonical JSON. */
export const MOST_CHARACTERS = 96 * 1024
/** The most that an offer may take under its seal, in Base64. What is inside shows late, and must then be read by verifiers that follow nested JSON step by step. */
const MOST_OFFER_CHARACTERS = 4096

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
/** In its one spelling: the bits that padding leaves over are zero, so that every program reads the same bytes or none. */
const Base64 = z.base64().min(4).refine((text) => Buffer.from(text, 'base64').toString('base64') === text)

const Part = z.strictObject({
  header: z.strictObject({
    format: z.literal(SEALED_FORMAT),
    suite: z.string(),
    tender: z.string(),
    rules: z.string(),
    // Spelled as the database spells it, or the bid that is opened would not be the bid that was sealed.
    bid: z.uuid().lowercase(),
    uscc: z.string(),
    part: z.enum(PARTS),
    commitment: Hash,
    holders: z.array(z.string()).min(1),
    mode: z.literal('two-keys').optional(),
    threshold: z.number().int().min(2).optional(),
    shares: z.array(Hash).min(2).optional(),
  }),
  body: Base64,
  keys: z.array(z.strictObject({ holder: z.string(), enc: Base64, sealed: Base64 })).min(1),
})
const SealedBid = z.strictObject({ format: z.literal(SEALED_FORMAT), parts: z.array(Part).min(1).max(PARTS.length) })

export type EnvelopeFault = 'malformed' | 'too-long' | 'other-tender' | 'other-bidder' | 'other-bid' | 'other-holders' | 'other-parts'

type Expected = { tender: string; rules: string; bid: string; uscc: string; sealing: Sealing; parts: readonly PartName[] }

/**
 * Reads a sealed bid that somebody sent, as far as it can be read from outside: is it canonical, for this tender under its
 * rules, by this bidder, sealed to exactly those whom the publication named, and in shares where it says so? What is inside shows when it is opened.
 */
export function readEnvelope(text: string, { tender, rules, bid, uscc, sealing, parts }: Expected): { envelope: Envelope } | { fault: EnvelopeFault } {
  if (text.length > MOST_CHARACTERS) return { fault: 'too-long' }
  const envelope = parsed(text)
  if (!envelope) return { fault: 'malformed' }
  if (envelope.parts.map(({ header }) => header.part).join() !== parts.join()) return { fault: 'other-parts' }
  const holders = sealing.holders.map(({ id }) => id).join()
  for (const { header, body, keys } of envelope.parts) {
    if (header.part === 'offer' && body.length > MOST_OFFER_CHARACTERS) return { fault: 'too-long' }
    if (header.tender !== tender || header.rules !== rules || header.suite !== SUITE) return { fault: 'other-tender' }
    if (header.uscc !== uscc) return { fault: 'other-bidder' }
    if (header.bid !== bid) return { fault: 'other-bid' }
    if (header.holders.join() !== holders || keys.map(({ holder }) => holder).join() !== holders) return { fault: 'other-holders' }
    const inShares = sealing.threshold === undefined ? undefined : 'two-keys'
    if (header.mode !== inShares || header.threshold !== sealing.threshold || header.shares?.length !== (inShares && sealing.holders.length)) return { fault: 'other-holders' }
  }
  return { envelope }
}

/** An envelope that was taken once and is read again from its row. */
export function envelopeOf(body: string): Envelope {
  return JSON.parse(body) as Envelope
}

function parsed(text: string): Envelope | undefined {
  try {
    const read = SealedBid.safeParse(JSON.parse(text))
    return read.success && canonical(read.data) === text ? read.data : undefined
  } catch {
    return undefined
  }
}
