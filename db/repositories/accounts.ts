import type { Knex } from 'knex'
import type { Duty, Role } from '#app/domain/accounts/actor.ts'
import type { Database } from '#app/domain/context.ts'

export type NewAccount = { id: string; displayName: string; locale: 'zh' | 'en'; signInName: string; passwordHash: string; at: Date }
export type Credential = { accountId: string; passwordHash: string; signInName: string }
export type Membership = { organisationId: string; organisationName: string; uscc: string | null; role: Role; duty: Duty; since: Date }
export type Colleague = { accountId: string; displayName: string; role: Role; duty: Duty; since: Date }

/** The local account of a sign-in name; a disabled account has none. */
export async function findCredential(db: Database, signInName: string): Promise<Credential | undefined> {
  const row = await db('credentials as c').join('accounts as a', 'a.id', 'c.account_id').where('c.sign_in_name', signInName).whereNull('a.disabled_at').first('c.account_id', 'c.password_hash', 'c.sign_in_name')
  return row && { accountId: row.account_id, passwordHash: row.password_hash, signInName: row.sign_in_name }
}

/** The same by account, disabled or not; undefined for one that only another provider knows. */
export async function findCredentialOf(db: Database, accountId: string): Promise<Credential | undefined> {
  const row = await db('credentials').where({ account_id: accountId }).first()
  return row && { accountId: row.account_id, passwordHash: row.password_hash, signInName: row.sign_in_name }
}

/** Writes the account with its local credential; false when the sign-in name is taken. */
export async function insertAccount(trx: Knex.Transaction, account: NewAccount): Promise<boolean> {
  await trx('accounts').insert({ id: account.id, display_name: account.displayName, locale: account.locale, created_at: account.at })
  const written = await trx('credentials')
    .insert({ account_id: account.id, sign_in_name: account.signInName, password_hash: account.passwordHash, changed_at: account.at })
    .onConflict('sign_in_name')
    .ignore()
    .returning('account_id')
  return written.length === 1
}

/** Takes the hash, never the word. Sessions that run are not ended by it; an account without a local credential gets none. */
export async function savePassword(db: Database, accountId: string, passwordHash: string, at: Date): Promise<void> {
  await db('credentials').where({ account_id: accountId }).update({ password_hash: passwordHash, changed_at: at })
}

/** Whom an account may act for: memberships that stand, in organisations whose role stands, oldest first. */
export async function listMemberships(db: Database, accountId: string): Promise<Membership[]> {
  const rows = await db('memberships as m')
    .join('organisations as o', 'o.id', 'm.organisation_id')
    .join('organisation_roles as r', (join) => join.on('r.organisation_id', 'm.organisation_id').andOn('r.role', 'm.role').andOnNull('r.until'))
    .where('m.account_id', accountId)
    .whereNull('m.until')
    .orderBy([{ column: 'm.since' }, { column: 'o.id' }, { column: 'm.role' }])
    .select('o.id', 'o.name', 'o.uscc', 'm.role', 'm.duty', 'm.since')
    .options({ name: 'memberships' })
  return rows.map((row) => ({ organisationId: row.id, organisationName: row.name, uscc: row.uscc, role: row.role, duty: row.duty, since: row.since }))
}

/** One more from `since` on, beside those that stand: whether the account may act so already is the caller's to ask. */
export async function insertMembership(trx: Knex.Transaction, membership: { accountId: string; organisationId: string; role: Role; duty: Duty; since: Date }): Promise<void> {
  await trx('memberships').insert({ account_id: membership.accountId, organisation_id: membership.organisationId, role: membership.role, duty: membership.duty, since: membership.since })
}

/** Does anybody manage this organisation, in whatever role? */
export async function hasManager(db: Database, organisationId: string): Promise<boolean> {
  return (await db('memberships').where({ organisation_id: organisationId, duty: 'manager' }).whereNull('until').first('account_id')) !== undefined
}

/** Who acts for an organisation in a role. */
export async function listColleagues(db: Database, organisationId: string, role: Role): Promise<Colleague[]> {
  const rows = await db('memberships as m')
    .join('accounts as a', 'a.id', 'm.account_id')
    .where({ 'm.organisation_id': organisationId, 'm.role': role })
    .whereNull('m.until')
    .whereNull('a.disabled_at')
    .orderBy([{ column: 'm.duty', order: 'desc' }, { column: 'm.since' }, { column: 'a.id' }])
    .select('a.id', 'a.display_name', 'm.role', 'm.duty', 'm.since')
  return rows.map((row) => ({ accountId: row.id, displayName: row.display_name, role: row.role, duty: row.duty, since: row.since }))
}

/** Ends a delegate's membership; false when there is none that stands. A manager's is not ended this way. */
export async function endDelegateMembership(trx: Knex.Transaction, ended: { accountId: string; organisationId: string; role: Role; at: Date }): Promise<boolean> {
  const count = await trx('memberships')
    .where({ account_id: ended.accountId, organisation_id: ended.organisationId, role: ended.role, duty: 'delegate' })
    .whereNull('until')
    .update({ until: ended.at })
  return count === 1
}
