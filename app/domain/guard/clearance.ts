import type { Day } from '#app/domain/calendar.ts'

/** The acts that the law lets happen only for a listed service. */
export type ClearedAct = 'publish:tender'

declare const cleared: unique symbol

/** What was looked at and found in order when a service was cleared for the market; kept whole in the tender it let pass. */
export type ClearanceGrounds<Act extends ClearedAct> = {
  act: Act
  listingId: string
  listingCode: string
  listingVersion: number
  divisionCode: string
  /** Beijing day for which the clearance holds; it is worthless on the next. */
  day: Day
  route: 'marketplace'
  /** True where the owner must buy here (fiscal money below the procurement limit), false where it may. */
  obliged: boolean
  ceilingFen: number
  /** What the same owner has published in the same category this year, without this purchase, in fen. */
  yearTotalFen: number
}

/**
 * Proof that a service of any nature is listed in this division on this day and that its purchase belongs on
 * the marketplace. `clear-tender.server.ts` alone can make one: the brand has no value, so that nothing written
 * by hand fits, and lint forbids to claim it by assertion.
 */
export type Clearance<Act extends ClearedAct> = Readonly<ClearanceGrounds<Act>> & { readonly [cleared]: Act }
