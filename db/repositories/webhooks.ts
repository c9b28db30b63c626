import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'

/** A receiver with what its health is read from. */
export type Webhook = {
  id: string
  ordinal: number
  organisationId: string
  divisionCode: string
  url: string
  types: string[]
  createdAt: Date
  endedAt: Date | null
  pausedAt: Date | null
  pauseCause: PauseCause | null
}
export type PauseCause = 'gone' | 'exhausted'

function selectWebhooks(db: Database) {
  return db('webhooks as hook')
    .join('organisations as office', 'office.id', 'hook.organisation_id')
    .leftJoin('webhook_pauses as pause', (join) => join.on('pause.webhook_id', 'hook.id').onNull('pause.ended_at'))
    .select({ id: 'hook.id', ordinal: 'hook.ordinal', organisationId: 'hook.organisation_id', divisionCode: 'office.division_code', url: 'hook.url', types: 'hook.types', createdAt: 'hook.created_at', endedAt: 'hook.ended_at', pausedAt: 'pause.began_at', pauseCause: 'pause.cause' })
}

/** Ended and paused ones too, whosever; undefined for an unknown id. The secret is not in it. */
export async function findWebhook(db: Database, id: string): Promise<Webhook | undefined> {
  return selectWebhooks(db).where('hook.id', id).first()
}

/** As {@link findWebhook}, and nobody else changes its deliveries or pauses before the transaction ends. */
export async function lockWebhook(trx: Knex.Transaction, id: string): Promise<Webhook | undefined> {
  await trx('webhooks').where({ id }).forUpdate().select('id')
  return findWebhook(trx, id)
}

/** An authority's that are not ended, the oldest first. */
export async function listWebhooksOf(db: Database, organisationId: string): Promise<Webhook[]> {
  return selectWebhooks(db).where('hook.organisation_id', organisationId).whereNull('hook.ended_at').orderBy('hook.ordinal')
}

/** Those that one client registered and that stand, whatever became of the client. */
export async function listWebhooksOfClient(db: Database, clientId: string): Promise<Webhook[]> {
  return selectWebhooks(db).where('hook.client_id', clientId).whereNull('hook.ended_at').orderBy('hook.ordinal')
}

/** Every receiver that is not ended, paused ones too: their events wait for them. */
export async function listLiveWebhooks(db: Database): Promise<Webhook[]> {
  return selectWebhooks(db).whereNull('hook.ended_at').orderBy('hook.ordinal')
}

/** The authority's lock is held, since the caller counts. Without types it hears all it may, from the next event on. `clientId` is who subscribed. */
export async function insertWebhook(trx: Knex.Transaction, { id, organisationId, clientId, url, types, createdAt }: { id: string; organisationId: string; clientId: string; url: string; types: readonly string[]; createdAt: Date }): Promise<void> {
  await trx('webhooks').insert({ id, organisation_id: organisationId, client_id: clientId, url, types: [...types], created_at: createdAt })
}

/** The first end stays. Its deliveries keep their rows and are not sent any more. */
export async function endWebhook(trx: Knex.Transaction, id: string, at: Date): Promise<void> {
  await trx('webhooks').where({ id }).whereNull('ended_at').update({ ended_at: at })
}

/** @returns false where it was paused already */
export async function pauseWebhook(trx: Knex.Transaction, { id, cause, at }: { id: string; cause: PauseCause; at: Date }): Promise<boolean> {
  const rows = await trx('webhook_pauses').insert({ webhook_id: id, cause, began_at: at }).onConflict(trx.raw('(webhook_id) where ended_at is null')).ignore().returning('id')
  return rows.length > 0
}

/** After {@link lockWebhook}; what waits is not armed by this. @returns false where it was not paused */
export async function endPause(trx: Knex.Transaction, id: string, at: Date): Promise<boolean> {
  return (await trx('webhook_pauses').where({ webhook_id: id }).whereNull('ended_at').update({ ended_at: at })) > 0
}

/** Locks an authority's receivers against one another, so that two calls cannot pass the limit together. */
export async function lockOffice(trx: Knex.Transaction, organisationId: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`events:${organisationId}`])
}
