import type { Knex } from 'knex'
import { holdApiClient, showApiClient, tellOf } from '#app/domain/accounts/keep-api-client.server.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { endSource, listSourcesOfClient } from '#db/repositories/inbound-events.ts'
import { endWebhook, listWebhooksOfClient, lockOffice } from '#db/repositories/webhooks.ts'
import type { Connection, ConnectionKind } from './connection.ts'
import { shownUrl } from './endpoint.ts'

/** What a client registered for its authority and stands, also after the client was revoked. Refuses `clients.none` as {@link showApiClient}. */
export async function showConnections(context: Context, { client }: { client: string }): Promise<Connection[]> {
  await showApiClient(context, { id: client })
  return connectionsOf(context.db, client)
}

/**
 * An operator ends what a client registered: nothing more is sent to the address, or nothing signed by the source's secret is taken any
 * more. For a client whose secret somebody has learnt: these secrets may be theirs too, and revoking the client leaves them as they are.
 *
 * @throws Refusal `clients.none`, `clients.no-connection` for what is another client's, never was or has ended
 */
export async function endConnection(context: Context, { client: clientId, kind, connection: id }: { client: string; kind: ConnectionKind; connection: string }): Promise<void> {
  await transact(context.db, async (trx) => {
    const client = await holdApiClient(trx, context, clientId)
    const found = await held(trx, clientId, (one) => one.kind === kind && one.id === id)
    if (!found) throw new Refusal('missing', 'clients.no-connection')
    const { organisationId, ...ended } = found
    const at = await context.clock.read(trx)
    if (kind === 'webhook') await endWebhook(trx, id, at)
    else await endSource(trx, { id, organisationId, at })
    await tellOf(trx, context, client, { at, did: `${kind}-ended`, ended: { id, name: ended.name } })
  })
}

/** One of a client's, while nobody else ends those of its authority. */
async function held(trx: Knex.Transaction, client: string, isMeant: (one: Connection) => boolean): Promise<Owned | undefined> {
  const known = (await connectionsOf(trx, client)).find(isMeant)
  if (!known) return undefined
  await lockOffice(trx, known.organisationId)
  return (await connectionsOf(trx, client)).find(isMeant)
}

type Owned = Connection & { organisationId: string }

async function connectionsOf(db: Database, client: string): Promise<Owned[]> {
  const [webhooks, sources] = await Promise.all([listWebhooksOfClient(db, client), listSourcesOfClient(db, client)])
  return [
    ...webhooks.map(({ id, organisationId, url, createdAt }) => ({ kind: 'webhook' as const, id, organisationId, name: shownUrl(url), createdAt })),
    ...sources.map(({ id, organisationId, source, createdAt }) => ({ kind: 'source' as const, id, organisationId, name: source, createdAt })),
  ]
}
