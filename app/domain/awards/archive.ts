import { Day, dayOf } from '#app/domain/calendar.ts'
import type { TenderState } from '#app/domain/tenders/state.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'

/** States after which nothing of a tender changes any more. */
const ARCHIVED = ['awarded', 'failed', 'cancelled'] as const satisfies TenderState[]

function isArchived(state: TenderState): boolean {
  return (ARCHIVED as readonly TenderState[]).includes(state)
}

/** When a tender ended: its award bound, it failed, or its owner ended it. Null while it runs. */
export function endOfTender({ state, tender, cancellation, awards, objections, suspensions }: Pick<ShownTender, 'state' | 'tender' | 'cancellation' | 'awards' | 'objections' | 'suspensions'>): Date | null {
  if (!isArchived(state)) return null
  const instants = [tender.closing?.closedAt, tender.opening?.openedAt, tender.drawnAt, cancellation?.cancelledAt, ...awards.flatMap(({ publicityEndsAt, declined }) => (declined ? [declined.at] : [publicityEndsAt])), ...objections.flatMap(({ answer }) => answer?.answeredAt ?? []), ...suspensions.flatMap(({ ended }) => ended?.at ?? [])]
  return new Date(Math.max(...instants.flatMap((at) => (at ? [new Date(at).getTime()] : []))))
}

/**
 * The last day on which the record of a purchase has to be there: so many years from the day on which it ended (政府采购法 42:
 * at least fifteen).
 */
export function keptUntil(endedAt: Date, years: number): Day {
  const day = dayOf(endedAt)
  const year = Number(day.slice(0, 4)) + years
  const wanted = `${year}${day.slice(4)}`
  // The 29th of February of a year that has none.
  return Day.safeParse(wanted).success ? wanted : `${year}-02-28`
}
