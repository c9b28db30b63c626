import { reindexIfOld } from '#search/reindex.ts'
import { openSearch } from '#search/search.ts'
import { syncSearch } from '#search/sync.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { deliverWebhooks } from '#app/domain/events/deliver-webhooks.server.ts'
import { INBOUND_HANDLERS } from '#app/domain/events/inbound-handlers.server.ts'
import { processInbound } from '#app/domain/events/process-inbound.server.ts'
import { publishEvents } from '#app/domain/events/publish-events.server.ts'
import { keepExchange } from '#app/domain/exchange/keep-exchange.server.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import type { Services } from '#app/http/services.server.ts'
import type { Round } from './keep-round.ts'

const SECOND = 1000
const EVENTS_A_ROUND = 200
const DELIVERIES_A_ROUND = 100

type Worker = Pick<Services, 'db' | 'clock' | 'keyring' | 'config' | 'log'> & { done: Record<'documents' | 'messages' | 'published' | 'delivered' | 'received' | 'exchanged', number>; stop: AbortSignal }

/** What the worker does with events: search, inbox, feed, webhooks and the national exchange read those of the outbox, and those of case systems come in. */
export function eventRounds({ db, clock, keyring, config, log, done, stop }: Worker): Round[] {
  const search = openSearch(db)
  return [
    {
      name: 'search',
      everyMs: SECOND,
      run: async (traceId) => {
        const built = await reindexIfOld(db, search)
        if (built !== null) log.info({ traceId, documents: built }, 'The search index was built')
        const read = await syncSearch(db, search, EVENTS_A_ROUND)
        done.documents += read
        return { again: read === EVENTS_A_ROUND }
      },
    },
    {
      name: 'inbox',
      everyMs: 2 * SECOND,
      run: async (traceId) => {
        const { events, messages, unreadable } = await deliverMessages({ db }, EVENTS_A_ROUND)
        for (const { eventId, type } of unreadable) log.error({ traceId, event: eventId, type }, 'An event could not be told to anybody')
        done.messages += messages
        return { again: events === EVENTS_A_ROUND }
      },
    },
    {
      name: 'feed',
      everyMs: SECOND,
      run: async (traceId) => {
        const { events, heard, unreadable } = await publishEvents({ db, clock }, EVENTS_A_ROUND)
        for (const { eventId, type } of unreadable) log.error({ traceId, event: eventId, type }, 'An event could not be put into the feed')
        done.published += heard
        return { again: events === EVENTS_A_ROUND }
      },
    },
    {
      name: 'webhooks',
      everyMs: SECOND,
      run: async (traceId) => {
        const { attempts, delivered, failed, disabled, more } = await deliverWebhooks({ db, clock, keyring, traceId }, { allowedHosts: config.webhookAllowedHosts, publicUrl: config.publicUrl, most: DELIVERIES_A_ROUND, signal: stop })
        if (failed || disabled) log.warn({ traceId, attempts, failed, disabled }, 'Receivers of events did not take them')
        done.delivered += delivered
        return { again: more && failed === 0 }
      },
    },
    {
      name: 'exchange',
      everyMs: 2 * SECOND,
      run: async () => {
        const { events, written } = await keepExchange({ db, clock }, EVENTS_A_ROUND)
        done.exchanged += written
        return { again: events === EVENTS_A_ROUND }
      },
    },
    {
      name: 'inbound',
      everyMs: SECOND,
      run: async (traceId) => {
        const { taken, failed, more } = await processInbound({ db, clock, keyring, actor: SYSTEM, traceId }, INBOUND_HANDLERS, EVENTS_A_ROUND)
        for (const { id, type, fault } of failed) log.error({ traceId, inbound: id, type, error: fault }, 'An event that came in could not be processed')
        done.received += taken
        return { again: more && failed.length === 0 }
      },
    },
  ]
}
