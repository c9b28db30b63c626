import { newId } from '#app/domain/chance.server.ts'
import type { Knex } from 'knex'
import { insertAccount, insertMembership } from '#db/repositories/accounts.ts'
import { insertOrganisation, insertRole } from '#db/repositories/organisations.ts'
import { Refusal } from '../refusal.ts'
import type { Duty, Role } from './actor.ts'
import type { Organisation } from './organisation.ts'

export type Person = { displayName: string; signInName: string; passwordHash: string; locale: 'zh' | 'en' }

/**
 * A new person with a local account. Part of a registration's transaction.
 *
 * @throws Refusal `accounts.sign-in-name-taken` at its field
 */
export async function openAccount(trx: Knex.Transaction, person: Person, at: Date): Promise<string> {
  const id = newId()
  const written = await insertAccount(trx, { id, at, ...person })
  if (!written) throw new Refusal('conflict', 'accounts.sign-in-name-taken', { field: 'signInName' })
  return id
}

/**
 * A new organisation in one role, with the person who manages it there.
 *
 * @throws Refusal `accounts.uscc-registered` at `uscc`; `accounts.sign-in-name-taken`
 */
export async function openOrganisation(
  trx: Knex.Transaction,
  { organisation, role, person, duty = 'manager', at }: { organisation: Omit<Organisation, 'id' | 'registeredAt'> & { supervisorId?: string | null }; role: Role; person: Person; duty?: Duty; at: Date },
): Promise<{ organisationId: string; accountId: string }> {
  const organisationId = newId()
  const written = await insertOrganisation(trx, { ...organisation, id: organisationId, registeredAt: at })
  if (!written) throw new Refusal('conflict', 'accounts.uscc-registered', { field: 'uscc' })
  const accountId = await openAccount(trx, person, at)
  await insertRole(trx, { organisationId, role, since: at })
  await insertMembership(trx, { accountId, organisationId, role, duty, since: at })
  return { organisationId, accountId }
}
