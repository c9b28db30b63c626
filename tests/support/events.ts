import { randomUUID } from 'node:crypto'
import type { Client, Member } from '#app/domain/accounts/actor.ts'
import { API_SCOPES, makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
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

/** Everything that was told is put into the feed. */
export async function publishAll(context: Pick<TestContext, 'db' | 'clock'>): Promise<void> {
  while ((await publishEvents(context, 200)).events > 0);
}

/** One round of deliveries. */
export function deliver(context: TestContext, host: string, most = 100) {
  return deliverWebhooks(context, { allowedHosts: [host], publicUrl: PUBLIC_URL, most, withinMs: 2000 })
}

/** Rounds until nothing is due at this instant. */
export async function deliverAll(context: TestContext, host: string): Promise<void> {
  while ((await deliver(context, host)).attempts > 0);
}
