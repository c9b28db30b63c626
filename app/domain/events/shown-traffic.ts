import type { RefusalCode, RefusalParams } from '#app/domain/refusal.ts'
import type { Health } from './endpoint.ts'
import type { ShownDelivery } from './shown-delivery.ts'

type Instant = Date | string

/** A receiver on the operator's page, without what its address hides. */
export type Receiver = { id: string; office: string; url: string; health: Health; cause: 'gone' | 'exhausted' | null; waiting: number; oldest: Instant | null; nextAttemptAt: Instant | null }

/** A delivery in the operator's log, with its receiver by office and host. */
export type LoggedDelivery = ShownDelivery & { receiver: string }

/** What came in and was not processed. */
export type ShownInbound = { id: number; source: string; office: string; eventId: string; type: string; subject: string; receivedAt: Instant; tried: number; nextAttemptAt: Instant | null; givenUpAt: Instant | null; outcome: 'handled' | 'unknown-type' | 'refused' | null; fault: string | null; faults: { field: string; code: RefusalCode; params: RefusalParams }[] }
