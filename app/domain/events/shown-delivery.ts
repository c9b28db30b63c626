import { deliveryState, type DeliveryState } from './endpoint.ts'

/** One line of a receiver's log, as its own machine sees it. */
export type ShownDelivery = { id: string; event: string; type: string; subject: string; state: DeliveryState; attempts: number; lastStatus: number | null; lastFault: string | null; lastAttemptAt: string | null; nextAttemptAt: string | null; deliveredAt: string | null }

type Known = { id: number; eventId: string; type: string; subject: string; tried: number; attempts: number; nextAttemptAt: Date | null; deliveredAt: Date | null; givenUpAt: Date | null; lastAt: Date | null; lastStatus: number | null; lastFault: string | null; isBehind: boolean }

/** In the names of the API: instants in ISO 8601 (UTC). What is queued behind another has no next attempt of its own yet, so null. */
export function shownDelivery(one: Known): ShownDelivery {
  return {
    id: String(one.id),
    event: one.eventId,
    type: one.type,
    subject: one.subject,
    state: deliveryState(one),
    attempts: one.attempts,
    lastStatus: one.lastStatus,
    lastFault: one.lastFault,
    lastAttemptAt: one.lastAt?.toISOString() ?? null,
    nextAttemptAt: one.isBehind ? null : (one.nextAttemptAt?.toISOString() ?? null),
    deliveredAt: one.deliveredAt?.toISOString() ?? null,
  }
}
