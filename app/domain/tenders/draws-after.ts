import { endOf, type Calendar } from '../calendar.ts'
import { plannedAuction } from './auction.ts'
import type { Procedure } from './procedure.ts'

/** The first instant whose value may decide: the procedure's delay after the deadline, or after an auction's planned end. Null where nothing is drawn. */
export function drawsAfterOf(procedure: Procedure, closesAt: Date, calendar: Calendar): Date | null {
  if (procedure.method === 'direct') return null
  const last = procedure.method === 'live-auction' ? plannedAuction(procedure.auction, closesAt).endsAt : closesAt
  return endOf(last, procedure.drawDelay, calendar).at
}
