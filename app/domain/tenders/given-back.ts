import type { Tender } from './tender.ts'

/** The clocks of a tender that stand still while the regulator holds it, beside its deadline and what follows from that. */
export const STOPPED_CLOCKS = ['announceBy', 'releaseBy', 'explainUntil', 'declineUntil', 'objectionsUntil', 'publicityEndsAt'] as const
export type StoppedClock = (typeof STOPPED_CLOCKS)[number]
export type GivenBack = Partial<Record<StoppedClock, Date>>

/**
 * What a hold gives back when it ends: of every clock that ran when it began, the rest of its time, to the millisecond. What was over
 * before stays over, and what a later step has settled is no clock any more. All clocks of an award move by the same, so that no
 * publicity ends before objections do.
 *
 * The day by which a result must be announced moves here only where the deadline does not: with that it is counted anew.
 *
 * @param at when the hold ends, later than it began
 * @param low whether a price is marked as low: where none is, nobody's time to explain runs
 */
export function givenBack({ publication, frozenAt, opening, drawnAt, awardedAt, suspension, ...tender }: Tender, { at, low }: { at: Date; low: boolean }): GivenBack {
  const { suspendedAt } = suspension!
  const standing: Record<StoppedClock, Date | null> = {
    announceBy: awardedAt || suspendedAt < publication!.closesAt ? null : publication!.announceBy,
    releaseBy: frozenAt && !opening ? tender.releaseBy : null,
    explainUntil: !low || drawnAt || opening?.outcome !== 'to-rank' ? null : opening.explainUntil,
    declineUntil: tender.declineUntil,
    objectionsUntil: tender.objectionsUntil,
    publicityEndsAt: tender.publicityEndsAt,
  }
  return Object.fromEntries(STOPPED_CLOCKS.flatMap((name) => (standing[name] && standing[name] > suspendedAt ? [[name, givenBackOf(standing[name], suspendedAt, at)]] : [])))
}

/** One clock's end after a hold: what was left of it when the hold began, counted from when the hold ended. */
export function givenBackOf(end: Date, heldFrom: Date, at: Date): Date {
  return new Date(end.getTime() + at.getTime() - heldFrom.getTime())
}

/** Does this end of a clock wait for the end of a hold? Once that comes it will be later. */
export function isStopped({ suspension }: { suspension: { suspendedAt: Date | string } | null }, end: Date | string): boolean {
  return suspension !== null && new Date(end) > new Date(suspension.suspendedAt)
}

/** The instant that a clock of this tender shows: while it is held, that at which the hold began. */
export function clockAt({ suspension }: Pick<Tender, 'suspension'>, at: Date): Date {
  return suspension ? suspension.suspendedAt : at
}
