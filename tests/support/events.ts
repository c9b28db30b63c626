import { randomUUID } from 'node:crypto'
import { signWebhook } from '#app/domain/events/standard-webhook.ts'
import { receiveEvent } from '#app/domain/events/receive-event.server.ts'
import { processInbound } from '#app/domain/events/process-inbound.server.ts'
import { registerSource } from '#app/domain/events/keep-source.server.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { clockAt } from './clock.ts'
import type { Client, Member } from '#app/domain/accounts/actor.ts'
import { API_SCOPES } from '#app/domain/accounts/api-client.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import { deliverWebhooks } from '#app/domain/events/deliver-webhooks.server.ts'
import { publishEvents } from '#app/domain/events/publish-events.server.ts'
import { subscribe } from '#app/domain/events/subscribe.server.ts'
import { transact } from '#db/client.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import type { TestContext, TestDatabase } from './database.ts'
import * as make from './factories.ts'

export const PUBLIC_URL = 'https://market.example'

/** An authority with a machine of its own, as the actor of its calls. */
export async function machineOf(database: TestDatabase, context: TestContext, given: Parameters<typeof make.authority>[1] = {}): Promise<{ client: Client; officer: Member }> {
  const officer = await make.authority(database.owner, given)
  const clientId = make.unique('machine')
  await makeApiClient(context, { id: clientId, secret: 'secret', name: clientId, organisationId: officer.organisationId })
  return { officer, client: { kind: 'client', clientId, organisationId: officer.organisationId, uscc: officer.uscc!, divisionCode: officer.divisionCode, scopes: [...API_SCOPES] } }
}

/** A demand that was decided: an event of a case of this authority's own. */
export async function decided(context: TestContext, { uscc }: Pick<Client, 'uscc'>, caseNumber: string | null, type = 'marketplace.demand.decided.v1'): Promise<string> {
  const decision = randomUUID()
  await transact(context.db, async (trx) => insertEvent(trx, { type, subject: caseNumber ?? decision, data: { decision, authority: uscc, caseNumber, verdict: 'refused', reasons: ['off-list'] }, at: await context.clock.read(trx), traceId: context.traceId }))
  return decision
}

export async function subscribed(context: TestContext, client: Client, url: string, types: string[] = []): Promise<{ id: string; secret: string }> {
  const { body } = await subscribe({ ...context, actor: client }, { webhook: { url, types }, allowedHosts: [new URL(url).host], idempotency: { key: randomUUID(), requestHash: '00' } })
  return JSON.parse(body) as { id: string; secret: string }
}

/** An Idempotency-Key that nobody has used. */
export const aKey = () => ({ key: randomUUID(), requestHash: '00' })

/** Everything that was told is put into the feed. */
export async function publishAll(context: Pick<TestContext, 'db' | 'clock'>): Promise<void> {
  while ((await publishEvents(context, 200)).events > 0);
}

/** One round of deliveries. */
export function deliver(context: TestContext, host: string, most = 100, patience?: { queue: number; round: number }) {
  return deliverWebhooks(context, { allowedHosts: [host], publicUrl: PUBLIC_URL, most, withinMs: 2000, ...(patience && { patience }) })
}

/** Rounds until nothing is due at this instant. */
export async function deliverAll(context: TestContext, host: string): Promise<void> {
  while ((await deliver(context, host)).attempts > 0);
}

/** A source of events of this authority, and what it sends, signed. */
export async function sourceOf(context: TestContext, client: Client, source = `https://cases.example/${randomUUID()}`): Promise<{ id: string; source: string; send: (event: object, options?: { at?: Date; id?: string; secret?: string }) => Promise<{ duplicate: boolean }> }> {
  const { body } = await registerSource({ ...context, actor: client }, { source, idempotency: { key: randomUUID(), requestHash: '00' } })
  const { id, secret } = JSON.parse(body) as { id: string; secret: string }
  const send = (more: object, { at = context.clock.now, ...given }: { at?: Date; id?: string; secret?: string } = {}) => {
    const event = { specversion: '1.0', id: randomUUID(), source, type: 'case.unknown', subject: 'AJ-1', ...more } as { id: string; source: string; type: string; subject: string }
    const text = JSON.stringify(event)
    const headers = signWebhook({ id: given.id ?? event.id, at, body: text }, { secret: given.secret ?? secret, keys: [] }) as unknown as Record<string, string>
    return receiveEvent(context, { headers: new Headers(headers), body: text, event })
  }
  return { id, source, send }
}

/** A receiver that could not be reached with one delivery, and an event of an unknown type that came in: something for each page of the operator's. */
export async function makeTraffic({ database, keyring, officer, at }: { database: TestDatabase; keyring: Keyring; officer: Member; at: Date }): Promise<{ delivery: string; inbound: string; webhook: string }> {
  const context: TestContext = { db: database.app, keyring, clock: clockAt(at), traceId: '0'.repeat(32), actor: officer }
  const clientId = make.unique('machine')
  await makeApiClient(context, { id: clientId, secret: 'secret', name: clientId, organisationId: officer.organisationId })
  const client: Client = { kind: 'client', clientId, organisationId: officer.organisationId, uscc: officer.uscc!, divisionCode: officer.divisionCode, scopes: [...API_SCOPES] }
  // A whole town has happened before; nobody here wants to hear of it.
  await database.owner('outbox_pending').where({ reader: 'webhooks' }).delete()
  const { id: webhook } = await subscribed(context, client, 'http://127.0.0.1:1/events?key=of-theirs')
  await decided(context, client, 'AJ-2026-77')
  await publishAll(context)
  await deliver(context, '127.0.0.1:1')
  const { send } = await sourceOf(context, client)
  await send({ type: 'case.merged' })
  await processInbound(context, {}, 10)
  const { id: delivery } = (await database.owner('outbox_deliveries').where({ webhook_id: webhook }).first<{ id: number }>('id'))!
  const { id: inbound } = (await database.owner('inbound_events').orderBy('id', 'desc').first<{ id: number }>('id'))!
  return { delivery: String(delivery), inbound: String(inbound), webhook }
}
