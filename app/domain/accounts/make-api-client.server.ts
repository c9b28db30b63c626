import type { Context } from '#app/domain/context.ts'
import { saveApiClient } from '#db/repositories/api-clients.ts'
import { hashPassword } from './password.server.ts'
import type { Scope } from './permissions.ts'

export const API_SCOPES: readonly Scope[] = ['guard:decide', 'guard:validate', 'guard:read', 'catalogue:read', 'project:write', 'case:write', 'case:read']

type Input = { id: string; secret: string; name: string; organisationId: string; scopes?: readonly Scope[] }

/**
 * Gives an authority's machine its name and secret; only the secret's hash is kept. Called again, it replaces the secret.
 * For the seeds and the operator's command line: no page calls it.
 */
export async function makeApiClient({ db, clock }: Pick<Context, 'db' | 'clock'>, { id, secret, name, organisationId, scopes = API_SCOPES }: Input): Promise<{ id: string; scopes: readonly Scope[] }> {
  await saveApiClient(db, { id, name, secretHash: await hashPassword(secret), organisationId, scopes, createdAt: await clock.read(db) })
  return { id, scopes }
}
