import { formatYuan, type Fen } from '../money.ts'

/** What decides whether an owner may name one agency for this purchase. */
export type DirectGround = {
  /** Does the buyer approve anything? Then it buys competitively, whatever the sum. */
  buyerIsAuthority: boolean
  /** Has the division closed it, for all services or for those of this category? */
  closed: boolean
  ceilingFen: Fen
  directCeilingFen: Fen
  /** What the owner has named agencies for in the same kind since 1 January, without this purchase; null where private money buys. */
  directYearFen: Fen | null
}

export type DirectFault =
  | { code: 'drafts.direct-authority'; params?: undefined }
  | { code: 'drafts.direct-closed'; params?: undefined }
  | { code: 'drafts.direct-ceiling'; params: { limit: string } }
  | { code: 'drafts.direct-year'; params: { sum: string; limit: string } }

/**
 * Why an agency may not be named directly, or null where it may: never by an authority, which has to choose competitively
 * (优化营商环境条例 43 第三款), only where the division has not closed it for all services or for this kind, and only up to the division's ceiling. Public money is
 * added up over the year and the kind, so that what is split counts as one (政府采购法实施条例 28).
 */
export function whyNotDirect({ buyerIsAuthority, closed, ceilingFen, directCeilingFen, directYearFen }: DirectGround): DirectFault | null {
  if (buyerIsAuthority) return { code: 'drafts.direct-authority' }
  if (closed) return { code: 'drafts.direct-closed' }
  if (ceilingFen > directCeilingFen) return { code: 'drafts.direct-ceiling', params: { limit: formatYuan(directCeilingFen) } }
  const sumFen = ceilingFen + (directYearFen ?? 0)
  if (sumFen > directCeilingFen) return { code: 'drafts.direct-year', params: { sum: formatYuan(sumFen), limit: formatYuan(directCeilingFen) } }
  return null
}

/** The code in what somebody typed or picked: `91…（名称）`, the code alone, or a name, which has none. */
export function usccIn(text: string): string | null {
  return /(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/.exec(text.normalize('NFKC').toUpperCase())?.[0] ?? null
}
