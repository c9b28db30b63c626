import type { Knex } from 'knex'
import type { ShownClient } from '#app/domain/accounts/api-client.ts'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import type { Database } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'

export type ApiClient = { id: string; secretHash: string; previousSecretHash: string | null; previousUntil: Date | null; scopes: Scope[]; organisationId: string; uscc: string; divisionCode: string }

/** A client that was not revoked, with the authority it speaks for, while that authority is one. */
export async function findApiClient(db: Database, id: string): Promise<ApiClient | undefined> {
  return db('api_clients')
    .join('organisations', 'organisations.id', 'api_clients.organisation_id')
    .select({
      id: 'api_clients.id',
      secretHash: 'api_clients.secret_hash',
      previousSecretHash: 'api_clients.previous_secret_hash',
      previousUntil: 'api_clients.previous_until',
      scopes: 'api_clients.scopes',
      organisationId: 'organisations.id',
      uscc: 'organisations.uscc',
      divisionCode: 'organisations.division_code',
    })
    .where('api_clients.id', id)
    .whereNull('api_clients.revoked_at')
    .whereNotNull('organisations.uscc')
    .whereExists(actsAsAuthority(db))
    .first()
}

/** What a client may do at this instant, in SQL; null where it was revoked. One row by its key. */
export function scopesNow(client: string): string {
  return `(select scopes from api_clients where id = ${client} and revoked_at is null)`
}

/** What a client may do at this instant: its tokens said so when they were given out. Empty where it was revoked. */
export async function findScopesNow(db: Database, id: string): Promise<Scope[]> {
  const { rows } = await db.raw<{ rows: { scopes: Scope[] | null }[] }>(`select ${scopesNow('?')} as scopes`, [id])
  return rows[0]?.scopes ?? []
}

/** Notes that a client took a token; within a minute once. */
export async function noteToken(db: Database, id: string, at: Date): Promise<void> {
  await db('api_clients').where({ id }).where((due) => due.whereNull('last_token_at').orWhere('last_token_at', '<', new Date(at.getTime() - 60_000))).update({ last_token_at: at })
}

export type NewApiClient = { id: string; name: string; secretHash: string; organisationId: string; scopes: readonly Scope[]; createdAt: Date }

/** Adds a client, or gives one that exists a new secret and new scopes. */
export async function saveApiClient(db: Database, { id, name, secretHash, organisationId, scopes, createdAt }: NewApiClient): Promise<void> {
  await db('api_clients')
    .insert({ id, name, secret_hash: secretHash, organisation_id: organisationId, scopes: [...scopes], created_at: createdAt })
    .onConflict('id')
    .merge({ name, secret_hash: secretHash, scopes: [...scopes] })
}

export type Changes = { scopes?: readonly Scope[]; secretHash?: string; previousSecretHash?: string | null; previousUntil?: Date | null; revokedAt?: Date }

/** Changes a client that is held; its version grows. */
export async function updateApiClient(trx: Knex.Transaction, id: string, { scopes, secretHash, previousSecretHash, previousUntil, revokedAt }: Changes): Promise<void> {
  await trx('api_clients').where({ id }).update({
    version: trx.raw('version + 1'),
    ...(scopes && { scopes: [...scopes] }),
    ...(secretHash && { secret_hash: secretHash }),
    ...(previousUntil !== undefined && { previous_secret_hash: previousSecretHash, previous_until: previousUntil }),
    ...(revokedAt && { revoked_at: revokedAt }),
  })
}

/** Holds a client of whatever authority until the transaction ends. */
export async function lockApiClient(trx: Knex.Transaction, id: string): Promise<(ShownClient & { secretHash: string }) | undefined> {
  const row = await shown(trx).where('client.id', id).select('client.secret_hash').forUpdate('client').first()
  return row && { ...toShown(row), secretHash: row.secret_hash }
}

/** The clients of authorities in a division: those that stand first, then the newest. */
export async function listApiClients(db: Database, divisionCode: string): Promise<ShownClient[]> {
  const rows = await shown(db).where('office.division_code', 'like', `${prefixOf(divisionCode)}%`).orderByRaw('client.revoked_at is not null, client.created_at desc, client.id')
  return rows.map(toShown)
}

/** One client of whatever authority and division, revoked or not, without its secret's hash: the caller asks whether the reader may see it. */
export async function showApiClientRow(db: Database, id: string): Promise<ShownClient | undefined> {
  const row = await shown(db).where('client.id', id).first()
  return row && toShown(row)
}

function actsAsAuthority(db: Database): Knex.QueryBuilder {
  return db('organisation_roles').whereRaw('organisation_roles.organisation_id = organisations.id').where('role', 'authority').whereNull('until').select(db.raw('1'))
}

type Row = Omit<ShownClient, 'authority'> & { authorityName: string; uscc: string; secret_hash: string }

function shown(db: Database): Knex.QueryBuilder<object, Row[]> {
  return db('api_clients as client')
    .join('organisations as office', 'office.id', 'client.organisation_id')
    .select({ id: 'client.id', name: 'client.name', authorityName: 'office.name', uscc: 'office.uscc', divisionCode: 'office.division_code', scopes: 'client.scopes', version: 'client.version', createdAt: 'client.created_at', lastTokenAt: 'client.last_token_at', previousUntil: 'client.previous_until', revokedAt: 'client.revoked_at' }) as never
}

function toShown({ authorityName, uscc, secret_hash: _, ...row }: Row): ShownClient {
  return { ...row, authority: { uscc, name: authorityName } }
}
