import type { Context } from '#app/domain/context.ts'
import { gapsBetween, type Gap } from '#app/domain/tenders/outage.ts'
import { findFirstBeat, listClaims, listSpells, type Claim } from '#db/repositories/service-spells.ts'

/** How far back the public page looks, and the most claims it shows. */
const DAYS = 90
const MOST = 100

/** A claim without the people who made it. */
export type ShownClaim = Omit<Claim, 'proposedBy' | 'divisionCode'> & { isMine: boolean }
export type Availability = { at: Date; since: Date | null; gaps: Gap[]; lost: number; measured: number; claims: ShownClaim[] }

/**
 * When the marketplace did not serve in the last 90 days, as it measured itself, the latest first, and what operators said of outages
 * that the measurement does not see. Durations are in milliseconds.
 */
export async function showAvailability(context: Context): Promise<Availability> {
  const at = await context.clock.read(context.db)
  const from = new Date(at.getTime() - DAYS * 86_400_000)
  const [spells, first, claims] = await Promise.all([listSpells(context.db, from), findFirstBeat(context.db), listClaims(context.db, { since: from, limit: MOST })])
  const gaps = gapsBetween(spells, at).filter(({ until }) => until > from).map((gap) => ({ ...gap, from: gap.from > from ? gap.from : from })).reverse()
  const since = first && (first > from ? first : from)
  const { actor } = context
  return {
    at,
    since,
    gaps,
    lost: gaps.reduce((sum, gap) => sum + gap.until.getTime() - gap.from.getTime(), 0),
    measured: since ? at.getTime() - since.getTime() : 0,
    claims: claims.map(({ proposedBy, divisionCode: _divisionCode, ...claim }) => ({ ...claim, isMine: actor.kind === 'member' && actor.accountId === proposedBy })),
  }
}
