import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import type { IncomingEvent } from './cloud-event.ts'

/** An event with the authority whose case system sent it. */
export type Incoming = { event: IncomingEvent; organisationId: string; divisionCode: string; receivedAt: Date }

/**
 * Does what an event of one type demands, in the transaction that marks it as done: everything or nothing. The same event
 * comes once; a refusal is kept as its end, and anything else that is thrown is tried again later.
 */
export type InboundHandler = (trx: Knex.Transaction, context: Context, incoming: Incoming) => Promise<void>

/** What is done with events that come in, by their whole type. A type that is not here is kept and marked as unknown. */
export const INBOUND_HANDLERS: Readonly<Record<string, InboundHandler>> = {}
