import { z } from 'zod'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { Period } from '../calendar.ts'
import { isPriced } from './priced.ts'
import type { Method, Tender } from './tender.ts'

/** Who is given a share of every bid's key, in the order of the publication. */
export const HOLDERS = ['owner', 'regulator', 'platform'] as const
export type HolderName = (typeof HOLDERS)[number]

/** How a tender's bids are sealed where nobody opens them alone: so many of the holders together, who have so long after the freeze to show their shares. */
export const SharedSealing = z.object({ mode: z.literal('two-keys'), threshold: z.number().int().min(2).max(HOLDERS.length), release: Period })
export type SharedSealing = z.output<typeof SharedSealing>

type Rules = Pick<Policies, 'twoKeys' | 'sealingThreshold' | 'shareRelease'>

/** What a division's policy says of it. */
export function sharedSealing({ sealingThreshold, shareRelease }: Rules): SharedSealing {
  return SharedSealing.parse({ mode: 'two-keys', threshold: sealingThreshold.value, release: shareRelease.value })
}

export type TwoKeysFault = 'keys.method' | 'keys.closed'

/** Why bids of this method may not be sealed in shares here; null where they may. Plans that judges read, and quotes that are called out, are not sealed prices. */
export function whyNotTwoKeys({ twoKeys }: Pick<Rules, 'twoKeys'>, method: Method): TwoKeysFault | null {
  if (!isPriced(method)) return 'keys.method'
  return twoKeys.value === 'closed' ? 'keys.closed' : null
}

/** How many holders' shares are still needed besides the platform's, which shows its own when the last of the others comes; 0 where nobody is waited for. */
export function sharesMissing({ publication, releases }: { publication: { sealing: { threshold?: number } | null } | null } & Pick<Tender, 'releases'>): number {
  const threshold = publication?.sealing?.threshold
  return threshold === undefined ? 0 : Math.max(0, threshold - 1 - releases)
}
