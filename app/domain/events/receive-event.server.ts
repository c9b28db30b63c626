import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { insertInbound, listSourcesNamed } from '#db/repositories/inbound-events.ts'
import type { IncomingEvent } from './cloud-event.ts'
import { doubtOf, sharedSecret } from './standard-webhook.ts'

type Input = { headers: Pick<Headers, 'get'>; body: string; event: Pick<IncomingEvent, 'id' | 'source' | 'type' | 'subject'> }

/**
 * Takes an event that a case system sends: checks its signature, and keeps it as it came. It is processed afterwards, by a
 * round of the worker. The same (source, id) again changes nothing.
 *
 * @param body the bytes that were signed, as text
 * @returns whether it was here before
 * @throws Refusal `events.unsigned`, `events.wrong-signature` (an unknown source too), `events.stale` beyond five minutes either way
 */
export async function receiveEvent(context: Pick<Context, 'db' | 'clock' | 'keyring' | 'traceId'>, { headers, body, event }: Input): Promise<{ duplicate: boolean }> {
  const { db, clock, keyring, traceId } = context
  return transact(db, async (trx) => {
    const [sources, at] = [await listSourcesNamed(trx, event.source), await clock.read(trx)]
    const doubts = sources.map((source) => ({ source, doubt: doubtOf(headers, body, { secret: sharedSecret(keyring, 'event-source', source.id), at }) }))
    const sender = doubts.find(({ doubt }) => doubt === null)
    if (!sender) {
      const doubt = ['stale', 'unsigned'].find((one) => doubts.some((found) => found.doubt === one)) ?? (headers.get('webhook-signature') ? 'wrong-signature' : 'unsigned')
      throw new Refusal('unauthenticated', `events.${doubt}`)
    }
    const isNew = await insertInbound(trx, { sourceId: sender.source.id, eventId: event.id, type: event.type, subject: event.subject ?? event.id, body, receivedAt: at, traceId })
    return { duplicate: !isNew }
  })
}
