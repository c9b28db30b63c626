import type { Context } from '#app/domain/context.ts'
import { saveApiClient } from '#db/repositories/api-clients.ts'
import { API_SCOPES } from './api-client.ts'
import { hashPassword } from './password.server.ts'
import type { Scope } from './permissions.ts'

type Input = { id: string; secret: string; name: string; organisationId: string; scopes?: readonly Scope[] }

/**
 * Gives a machine of the demo or of a test the name and secret that are known there beforehand. Called again, it replaces the secret.
 * A real authority's is made by an operator, who does not choose its secret: `openClient`.
 */
export async function makeApiClient({ db, clock }: Pick<Context, 'db' | 'clock'>, { id, secret, name, organisationId, scopes = API_SCOPES }: Input): Promise<{ id: string; scopes: readonly Scope[] }> {
  await saveApiClient(db, { id, name, secretHash: await hashPassword(secret), organisationId, scopes, createdAt: await clock.read(db) })
  return { id, scopes }
}
