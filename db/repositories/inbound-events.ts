import type { Knex } from 'knex'
import type { RefusalCode, RefusalParams } from '#app/domain/refusal.ts'
import type { Database } from '#app/domain/context.ts'

export type EventSource = { id: string; organisationId: string; source: string; createdAt: Date }
export type InboundOutcome = 'handled' | 'unknown-type' | 'refused'
export type NewInbound = { sourceId: string; eventId: string; type: string; subject: string; body: string; receivedAt: Date; traceId: string }
export type WaitingInbound = { id: number; type: string; body: string; tried: number; receivedAt: Date; traceId: string; organisationId: string; divisionCode: string }

const SOURCE = { id: 'id', organisationId: 'organisation_id', source: 'source', createdAt: 'created_at' } as const

/** Those who send under this name, one an authority: whose secret fits is the sender. */
export async function listSourcesNamed(db: Database, source: string): Promise<EventSource[]> {
  return db('event_sources').where({ source }).whereNull('ended_at').orderBy('ordinal').select(SOURCE)
}

/** Those that stand, the oldest first. */
export async function listSourcesOf(db: Database, organisationId: string): Promise<EventSource[]> {
  return db('event_sources').where({ organisation_id: organisationId }).whereNull('ended_at').orderBy('ordinal').select(SOURCE)
}

/** Those that one client registered and that stand, whatever became of the client. */
export async function listSourcesOfClient(db: Database, clientId: string): Promise<EventSource[]> {
  return db('event_sources').where({ client_id: clientId }).whereNull('ended_at').orderBy('ordinal').select(SOURCE)
}

/** Under the office's lock; its index refuses a name that this authority has already. One that ended leaves its name free. `clientId` is who registered it. */
export async function insertSource(trx: Knex.Transaction, { id, organisationId, clientId, source, createdAt }: EventSource & { clientId: string }): Promise<void> {
  await trx('event_sources').insert({ id, organisation_id: organisationId, client_id: clientId, source, created_at: createdAt })
}

/** One that ended before keeps its instant. @returns false where this authority never had such a source */
export async function endSource(trx: Knex.Transaction, { id, organisationId, at }: { id: string; organisationId: string; at: Date }): Promise<boolean> {
  return (await trx('event_sources').where({ id, organisation_id: organisationId }).update({ ended_at: trx.raw('coalesce(ended_at, ?)', [at]) })) > 0
}

/** Keeps an event as it came. @returns false where the same source has sent the same id before */
export async function insertInbound(trx: Knex.Transaction, { sourceId, eventId, type, subject, body, receivedAt, traceId }: NewInbound): Promise<boolean> {
  const rows = await trx('inbound_events').insert({ source_id: sourceId, event_id: eventId, type, subject, body, received_at: receivedAt, next_attempt_at: receivedAt, trace_id: traceId }).onConflict(['source_id', 'event_id']).ignore().returning('id')
  return rows.length > 0
}

/** The oldest event that is due and whose subject nothing earlier waits for; nobody else gets it before the transaction ends. */
export async function lockNextInbound(trx: Knex.Transaction, at: Date): Promise<WaitingInbound | undefined> {
  const { rows } = await trx.raw<{ rows: WaitingInbound[] }>(
    `select one.id, one.type, one.body, one.tried, one.received_at as "receivedAt", one.trace_id as "traceId", source.organisation_id as "organisationId", office.division_code as "divisionCode"
       from inbound_events one
       join event_sources source on source.id = one.source_id
       join organisations office on office.id = source.organisation_id
      where one.next_attempt_at <= :at
        and not exists (select from inbound_events before where before.source_id = one.source_id and before.subject = one.subject and before.next_attempt_at is not null and before.id < one.id)
      order by one.id limit 1 for update of one skip locked`,
    { at } as never,
  )
  return rows[0]
}

/** What is wrong with an event, and where in it. */
export type InboundFault = { field: string; code: RefusalCode; params: RefusalParams }

type Saved = { doneAt: Date; outcome: InboundOutcome; fault: string | null; faults: InboundFault[] } | { tried: number; nextAttemptAt: Date; fault: string } | { tried: number; givenUpAt: Date; fault: string }

/**
 * What trying led to: an end (`doneAt`), another attempt, or given up until somebody lets it begin anew. A failed one is written in a transaction
 * of its own, after that of the attempt was taken back.
 */
export async function saveInbound(trx: Knex.Transaction, id: number, saved: Saved): Promise<void> {
  const row =
    'outcome' in saved ? { done_at: saved.doneAt, outcome: saved.outcome, fault: saved.fault, faults: JSON.stringify(saved.faults), next_attempt_at: null, given_up_at: null }
    : 'nextAttemptAt' in saved ? { tried: saved.tried, next_attempt_at: saved.nextAttemptAt, fault: saved.fault }
    : { tried: saved.tried, next_attempt_at: null, given_up_at: saved.givenUpAt, fault: saved.fault }
  await trx('inbound_events').where({ id }).update(row)
}

/** Lets one that was given up, refused or unknown be processed anew. @returns false where there is none such */
export async function rearmInbound(trx: Knex.Transaction, id: number, at: Date): Promise<boolean> {
  const troubled = trx('inbound_events').where({ id }).where((either) => either.whereNotNull('fault').orWhere('outcome', 'unknown-type'))
  return (await troubled.update({ tried: 0, next_attempt_at: at, given_up_at: null, done_at: null, outcome: null, fault: null, faults: '[]' })) > 0
}

export type TroubledInbound = { id: number; source: string; office: string; eventId: string; type: string; subject: string; receivedAt: Date; tried: number; nextAttemptAt: Date | null; givenUpAt: Date | null; outcome: InboundOutcome | null; fault: string | null; faults: InboundFault[] }

/** What came in and was not handled: it failed, was refused, or nobody knows its type. Newest first. */
export async function listTroubledInbound(db: Database, limit: number): Promise<TroubledInbound[]> {
  return db('inbound_events as one')
    .join('event_sources as source', 'source.id', 'one.source_id')
    .join('organisations as office', 'office.id', 'source.organisation_id')
    .where((either) => either.whereNotNull('one.fault').orWhere('one.outcome', 'unknown-type'))
    .orderBy('one.id', 'desc')
    .limit(limit)
    .select({ id: 'one.id', source: 'source.source', office: 'office.name', eventId: 'one.event_id', type: 'one.type', subject: 'one.subject', receivedAt: 'one.received_at', tried: 'one.tried', nextAttemptAt: 'one.next_attempt_at', givenUpAt: 'one.given_up_at', outcome: 'one.outcome', fault: 'one.fault', faults: 'one.faults' })
}

export type SentState = 'received' | 'processed' | 'refused' | 'failed'
export type SentEvent = { place: string; id: string; source: string; type: string; subject: string; receivedAt: Date; state: SentState; outcome: InboundOutcome | null; faults: InboundFault[] }
export type SentWanted = { organisationId: string; id?: string | undefined; source?: string | undefined; state?: SentState | undefined; before?: number | undefined; limit: number }

const STATE = `case when one.outcome = 'handled' then 'processed' when one.outcome is not null then 'refused' when one.given_up_at is not null then 'failed' else 'received' end`

/** What came in from an authority's sources, those that have ended too, the newest first. */
export async function listSentEvents(db: Database, { organisationId, id, source, state, before, limit }: SentWanted): Promise<SentEvent[]> {
  return db('inbound_events as one')
    .join('event_sources as source', 'source.id', 'one.source_id')
    .where('source.organisation_id', organisationId)
    .modify((query) => id !== undefined && query.where('one.event_id', id))
    .modify((query) => source !== undefined && query.where('source.source', source))
    .modify((query) => state !== undefined && query.whereRaw(`${STATE} = ?`, [state]))
    .modify((query) => before !== undefined && query.where('one.id', '<', before))
    .orderBy('one.id', 'desc')
    .limit(limit)
    .select({ place: db.raw('cast(one.id as text)') as never, id: 'one.event_id', source: 'source.source', type: 'one.type', subject: 'one.subject', receivedAt: 'one.received_at', state: db.raw(STATE) as never, outcome: 'one.outcome', faults: 'one.faults' })
}
