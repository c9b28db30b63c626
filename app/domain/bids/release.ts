import { z } from 'zod'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { canonical, sha256 } from '#app/domain/ledger/canonical.ts'
import type { HolderName } from '#app/domain/tenders/two-keys-rule.ts'
import { envelopeOf } from './envelope.ts'
import type { SealedPart } from './seal.ts'
import { isPromised, type HeldShare } from './two-keys.ts'

/** What a holder shows of one bid's key, in hex: 32 bytes of share behind which stands its number, and the salt. */
const Share = z.strictObject({ bid: z.uuid().lowercase(), share: z.string().regex(/^[0-9a-f]{66}$/), salt: z.string().regex(/^[0-9a-f]{32}$/) })
export type Share = z.output<typeof Share>

/** As a browser sends it: JSON in one field. */
export const ReleaseForm = z.object({
  shares: z.string('keys.no-shares').min(2, 'keys.no-shares').transform((text, context): Share[] => {
    try {
      const read = z.array(Share).safeParse(JSON.parse(text))
      if (read.success) return read.data
    } catch {
      // It is said below.
    }
    context.issues.push({ code: 'custom', message: 'keys.no-shares', input: text })
    return []
  }),
})

/** The part of an envelope whose key was dealt. */
export function offerOf(body: string): SealedPart | undefined {
  return envelopeOf(body).parts.find(({ header }) => header.part === 'offer')
}

/** A share as sent (hex, checked by the form) in bytes and with its holder. Whether it is the promised one is not asked here. */
export function heldShare(holder: HolderName, { share, salt }: Share): HeldShare {
  return { holder, share: Buffer.from(share, 'hex'), salt: Buffer.from(salt, 'hex') }
}

/** How many of what a holder shows is not what the bidders promised. */
export async function countWrong(holder: HolderName, shares: readonly Share[], parts: ReadonlyMap<string, SealedPart>): Promise<number> {
  const promised = await Promise.all(shares.map((share) => isPromised(parts.get(share.bid)!, heldShare(holder, share))))
  return promised.filter((fits) => !fits).length
}

/** What the ledger says of a release: how much was shown, and the hash of it. The shares themselves become public with the opening. */
export function releaseFacts({ holder, freeze, shares, wrong }: { holder: HolderName; freeze: string; shares: readonly Share[]; wrong: number }): { release: { freeze: string; holder: HolderName; shown: number; wrong: number; shares: string } } {
  return { release: { freeze, holder, shown: shares.length, wrong, shares: sha256(canonical(shares as unknown as Json)).toString('hex') } }
}
