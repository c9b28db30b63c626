import { formatYuan, type Fen } from '../money.ts'

/** What decides whether an owner may name one agency for this purchase. */
export type DirectGround = {
  /** Does the buyer approve anything? Then it buys competitively, whatever the sum. */
  buyerIsAuthority: boolean
  selection: 'open' | 'closed'
  ceilingFen: Fen
  directCeilingFen: Fen
}

export type DirectFault =
  | { code: 'drafts.direct-authority'; params?: undefined }
  | { code: 'drafts.direct-closed'; params?: undefined }
  | { code: 'drafts.direct-ceiling'; params: { limit: string } }

/**
 * Why an agency may not be named directly, or null where it may: never by an authority, which has to choose competitively
 * (优化营商环境条例 43 第三款), only where the division has opened it, and only up to the division's ceiling.
 */
export function whyNotDirect({ buyerIsAuthority, selection, ceilingFen, directCeilingFen }: DirectGround): DirectFault | null {
  if (buyerIsAuthority) return { code: 'drafts.direct-authority' }
  if (selection === 'closed') return { code: 'drafts.direct-closed' }
  if (ceilingFen > directCeilingFen) return { code: 'drafts.direct-ceiling', params: { limit: formatYuan(directCeilingFen) } }
  return null
}

/** The code in what somebody typed or picked: `91…（名称）`, the code alone, or a name, which has none. */
export function usccIn(text: string): string | null {
  return /(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/.exec(text.normalize('NFKC').toUpperCase())?.[0] ?? null
}
