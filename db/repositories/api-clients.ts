import type { Scope } from '#app/domain/accounts/permissions.ts'
import type { Database } from '#app/domain/context.ts'

export type ApiClient = { id: string; secretHash: string; scopes: Scope[]; organisationId: string; uscc: string; divisionCode: string }

/** A client that was not revoked, with the authority it speaks for, while that authority is one. */
export async function findApiClient(db: Database, id: string): Promise<ApiClient | undefined> {
  return db('api_clients')
    .join('organisations', 'organisations.id', 'api_clients.organisation_id')
    .select({
      id: 'api_clients.id',
      secretHash: 'api_clients.secret_hash',
      scopes: 'api_clients.scopes',
      organisationId: 'organisations.id',
      uscc: 'organisations.uscc',
      divisionCode: 'organisations.division_code',
    })
    .where('api_clients.id', id)
    .whereNull('api_clients.revoked_at')
    .whereNotNull('organisations.uscc')
    .whereExists(db('organisation_roles').whereRaw('organisation_roles.organisation_id = organisations.id').where('role', 'authority').whereNull('until').select(db.raw('1')))
    .first()
}

export type NewApiClient = { id: string; name: string; secretHash: string; organisationId: string; scopes: readonly Scope[]; createdAt: Date }

/** Adds a client, or gives one that exists a new secret and new scopes. */
export async function saveApiClient(db: Database, { id, name, secretHash, organisationId, scopes, createdAt }: NewApiClient): Promise<void> {
  await db('api_clients')
    .insert({ id, name, secret_hash: secretHash, organisation_id: organisationId, scopes: [...scopes], created_at: createdAt })
    .onConflict('id')
    .merge({ name, secret_hash: secretHash, scopes: [...scopes] })
}
