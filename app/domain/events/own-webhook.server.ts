import type { Knex } from 'knex'
import { can, type Client } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findWebhook, lockWebhook, type Webhook } from '#db/repositories/webhooks.ts'

/** The machine behind a call. Refuses `accounts.sign-in-first` to visitors and `accounts.not-allowed` to whoever is none or lacks the scope. */
export function clientWho({ actor }: Pick<Context, 'actor'>, permission: Permission): Client {
  if (actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  if (actor.kind !== 'client' || !can(actor, permission)) throw new Refusal('forbidden', 'accounts.not-allowed')
  return actor
}

/** A receiver of the caller's own authority. Refuses `events.no-such-webhook` for another's, as for one that never was or has ended. */
export async function ownWebhook(db: Database, { organisationId }: Client, id: string): Promise<Webhook> {
  return mustBeOwn(isUuid(id) ? await findWebhook(db, id) : undefined, organisationId)
}

/** As {@link ownWebhook}, locked until the transaction ends. `ended`: one that has ended is shown too. */
export async function lockOwnWebhook(trx: Knex.Transaction, { organisationId }: Client, id: string, { ended = false } = {}): Promise<Webhook> {
  return mustBeOwn(isUuid(id) ? await lockWebhook(trx, id) : undefined, organisationId, ended)
}

function mustBeOwn(webhook: Webhook | undefined, organisationId: string, ended = false): Webhook {
  if (!webhook || webhook.organisationId !== organisationId || (webhook.endedAt && !ended)) throw new Refusal('missing', 'events.no-such-webhook')
  return webhook
}
