import { z } from 'zod'
import { SUITE } from '../ledger/canonical.ts'

/** SHA-256 in hexadecimal digits. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/)
export const Count = z.int().nonnegative()

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

export const Proven = z.strictObject({ index: Count, leafHash: Hash, proof: z.array(Hash) })

/** What holders showed where bids were sealed in shares: the entries, and beside each the shares whose hash it has. Absent where one holder opens alone. */
export const RELEASED = {
  releases: z.array(BundledEntry).min(1).optional(),
  released: z.array(z.strictObject({ holder: z.string(), shares: z.array(z.strictObject({ bid: z.uuid(), share: z.string(), salt: z.string() })) })).min(1).optional(),
}
export const RELEASES_PROVEN = { releases: z.array(Proven).min(1).optional() }
/** The entry's body as stored, and what was shown. */
export type ShownRelease = { entry: string; holder: string; shares: readonly { bid: string; share: string; salt: string }[] }

/** A position has 64 hex digits, or the 32 of an MD5 under RFC 3797. */
export const DrawSteps = z.strictObject({ draw: BundledEntry, order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), position: z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{64})$/) })) })

/** Entries that ended a hold of the small list and gave its owner the time back; absent where it was never held. */
const HELD = { holds: z.array(BundledEntry).min(1).optional() }
export const HOLDS_PROVEN = { holds: z.array(Proven).min(1).optional() }

/** `pick` is null until somebody is picked. */
export const ShortlistSteps = z.strictObject({ ...HELD, draw: BundledEntry, order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), balls: z.int().positive(), position: Hash })), pick: BundledEntry.nullable() })

export const PriceSteps = z.strictObject({
  ...RELEASED,
  opening: BundledEntry,
  opened: z.array(z.strictObject({ bid: z.uuid(), outcome: z.enum(['valid', 'invalid']), reason: z.string().nullable(), keys: z.strictObject({ offer: Hash.optional() }), low: z.array(z.string()), holders: z.array(z.string()).min(1).optional(), envelope: z.json() })),
  result: BundledEntry,
  order: z.array(z.strictObject({ place: z.int().positive(), label: z.string(), bid: z.uuid(), value: Count, position: Hash, lot: z.int().min(0).max(999).optional() })),
})

/** Entries that gave an auction further rounds for an outage; absent where none did. */
const EXTENDED = { extensions: z.array(BundledEntry).min(1).optional() }
export const AUCTION_PROVEN = { quotes: z.array(Proven), extensions: z.array(Proven).min(1).optional() }

export const AuctionSteps = z.strictObject({
  ...EXTENDED,
  /** One entry a quote, in the order of the log, and beside it what was hashed. */
  quotes: z.array(BundledEntry),
  bodies: z.array(z.strictObject({ tender: z.string(), quote: z.uuid(), sequence: z.int().positive(), round: z.int().positive(), bid: z.uuid(), amountFen: z.int().positive(), quotedAt: z.string(), previous: Hash, salt: z.string() })),
  opening: BundledEntry,
  /** Every eligible bid with its own body, which shows whose it is. */
  opened: z.array(z.strictObject({ bid: z.uuid(), outcome: z.enum(['valid', 'invalid']), reason: z.string().nullable(), amountFen: z.int().positive().nullable(), low: z.array(z.string()), body: z.json() })),
  result: BundledEntry,
  order: PriceSteps.shape.order,
})

const Points = z.strictObject({ price: Count, judged: Count, total: Count })
const Mark = z.strictObject({ bid: z.uuid(), criterion: z.string(), points: Count, reason: z.string() })

/**
 * Steps of a selection by merit: those of one by price, with the judges and their score sheets. `value` is the sum of all points over all judges, in hundredths, and `price` what is compared of the price.
 * A plan's key is there only where plans are public.
 */
export const MeritSteps = z.strictObject({
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
