import type { Context } from '#app/domain/context.ts'
import { listSentEvents, type InboundFault, type SentEvent, type SentWanted } from '#db/repositories/inbound-events.ts'
import { clientWho } from './own-webhook.server.ts'

export type Sent = Omit<SentEvent, 'place' | 'outcome' | 'receivedAt'> & { receivedAt: string }

/**
 * What became of the events that the caller's authority has sent in, the newest first: waiting, done, refused with what is wrong
 * and where, or tried in vain, which is our fault and stands on the operator's page.
 *
 * @returns a page of them, and the place before which the next begins
 */
export async function findSent(context: Context, wanted: Omit<SentWanted, 'organisationId'>): Promise<{ items: Sent[]; next: string | null }> {
  const { organisationId } = clientWho(context, 'send:events')
  const rows = await listSentEvents(context.db, { ...wanted, organisationId, limit: wanted.limit + 1 })
  const page = rows.slice(0, wanted.limit)
  return { items: page.map(shown), next: rows.length > wanted.limit ? page.at(-1)!.place : null }
}

function shown({ place: _, outcome, receivedAt, ...event }: SentEvent): Sent {
  return { ...event, receivedAt: receivedAt.toISOString(), faults: faultsShown(outcome, event.state === 'failed', event.faults) }
}

/** The faults of an event, those among them that no rule has named. */
export function faultsShown(outcome: SentEvent['outcome'], isGivenUp: boolean, faults: InboundFault[]): InboundFault[] {
  if (outcome === 'unknown-type') return [{ field: 'type', code: 'events.not-processed', params: {} }]
  return isGivenUp ? [{ field: '', code: 'events.given-up', params: {} }] : faults
}
