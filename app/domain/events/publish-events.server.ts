import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { insertFeedEvents, listOrganisationIds, listTenderPlaces, type NewFeedEvent } from '#db/repositories/feed-events.ts'
import { handOver, type OutboxEvent } from '#db/repositories/outbox.ts'
import { insertDeliveries } from '#db/repositories/outbox-deliveries.ts'
import { listLiveWebhooks } from '#db/repositories/webhooks.ts'
import { outsideOf } from './heard-outside.ts'
import { mayHear, subjectFor } from './hearing.ts'

/** What a round did: events read, put into the feed, and made ready for receivers; and those whose data nobody could read. */
export type Published = { events: number; heard: number; deliveries: number; unreadable: OutboxEvent[] }

/**
 * Reads the outbox on, puts what may be heard outside at the end of the feed and makes a delivery for every receiver that
 * may hear it, all in one transaction. One writer at a time numbers the feed, after the acts have committed: an act that
 * commits late comes late, and is never before a number that somebody has read already.
 *
 * @param most events at once
 */
export async function publishEvents({ db, clock }: Pick<Context, 'db' | 'clock'>, most: number): Promise<Published> {
  const done: Published = { events: 0, heard: 0, deliveries: 0, unreadable: [] }
  done.events = await handOver(db, 'webhooks', most, async (trx, events) => {
    done.unreadable = []
    const heard = await placed(trx, events, done.unreadable)
    const feed = await insertFeedEvents(trx, heard)
    const [webhooks, at] = [feed.length ? await listLiveWebhooks(trx) : [], await clock.read(trx)]
    const deliveries = feed.flatMap((event) =>
      webhooks
        .filter((webhook) => mayHear(webhook, event) && (webhook.types.length === 0 || webhook.types.includes(event.type)))
        .map((webhook) => ({ webhookId: webhook.id, position: event.position, subject: subjectFor(webhook, event), at })),
    )
    await insertDeliveries(trx, deliveries)
    done.heard = feed.length
    done.deliveries = deliveries.length
  })
  return done
}

/** Events with whom they concern: the authority they name, the division of their tender, and the case it was opened for. */
async function placed(trx: Knex.Transaction, events: readonly OutboxEvent[], unreadable: OutboxEvent[]): Promise<NewFeedEvent[]> {
  const open = events.flatMap((event) => {
    const outside = outsideOf(event)
    if (outside === 'unreadable') unreadable.push(event)
    return typeof outside === 'string' ? [] : [{ event, ...outside }]
  })
  const places = new Map((await listTenderPlaces(trx, open.flatMap(({ data }) => textOf(data.tender)))).map((place) => [place.tender, place]))
  const offices = await listOrganisationIds(trx, open.flatMap(({ data }) => textOf(data.authority)))
  return open.flatMap(({ event, audience, data }): NewFeedEvent[] => {
    const { eventId, type, at } = event
    const [tender, authority, caseNumber] = [textOf(data.tender)[0], textOf(data.authority)[0], textOf(data.caseNumber)[0] ?? null]
    const place = tender === undefined ? undefined : places.get(tender)
    const authorityId = place?.authorityId ?? (authority && offices.get(authority)) ?? null
    const divisionCode = place?.divisionCode ?? textOf(data.division)[0] ?? null
    // What names nobody that we know concerns nobody outside.
    if (audience === 'own' ? authorityId === null : divisionCode === null) return void unreadable.push(event), []
    const subject = tender ?? textOf(data.decision)[0] ?? event.subject
    return [{ eventId, type, at, audience, authorityId, divisionCode, subject, caseNumber: place?.caseNumber ?? (authorityId ? caseNumber : null), data }]
  })
}

function textOf(value: Json | undefined): string[] {
  return typeof value === 'string' ? [value] : []
}
