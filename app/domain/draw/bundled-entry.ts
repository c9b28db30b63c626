import { z } from 'zod'
import { SUITE } from '../ledger/canonical.ts'

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
