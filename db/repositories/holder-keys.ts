import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'

/** A public key, in hex, to which an organisation is given its shares; its private half is nobody's but its own. */
export type HolderKey = { publicKey: string; organisationId: string; registeredAt: Date; ledgerEntryId: string }

type Row = { public_key: Buffer; organisation_id: string; registered_at: Date; ledger_entry_id: string }
const toKey = (row: Row): HolderKey => ({ publicKey: row.public_key.toString('hex'), organisationId: row.organisation_id, registeredAt: row.registered_at, ledgerEntryId: row.ledger_entry_id })

/** Keeps a key that nobody had before; false where somebody has. */
export async function insertHolderKey(trx: Knex.Transaction, { publicKey, organisationId, registeredAt, registeredBy, ledgerEntryId }: HolderKey & { registeredBy: string }): Promise<boolean> {
  const rows = await trx('holder_keys').insert({ public_key: Buffer.from(publicKey, 'hex'), organisation_id: organisationId, registered_at: registeredAt, registered_by: registeredBy, ledger_entry_id: ledgerEntryId }).onConflict('public_key').ignore().returning('ordinal')
  return rows.length === 1
}

/** Holds an organisation's keys alone, so that a second click finds what the first registered. */
export async function lockHolder(trx: Knex.Transaction, organisationId: string): Promise<void> {
  await trx('organisations').where({ id: organisationId }).forNoKeyUpdate().select('id')
}

/** Was this key (32 bytes in hex) ever registered, by whomever? Under {@link lockHolder} for one's own; against others {@link insertHolderKey} has the last word. */
export async function isKeyKnown(db: Database, publicKey: string): Promise<boolean> {
  return (await db('holder_keys').where({ public_key: Buffer.from(publicKey, 'hex') }).first('ordinal')) !== undefined
}

/** An organisation's keys, the newest first: that one is named by what is published now. */
export async function listHolderKeys(db: Database, organisationId: string): Promise<HolderKey[]> {
  return ((await db('holder_keys').where({ organisation_id: organisationId }).orderBy('ordinal', 'desc')) as Row[]).map(toKey)
}

/** Whose key each of these is. */
export async function findKeyOwners(db: Database, publicKeys: readonly string[]): Promise<Map<string, string>> {
  const rows = (await db('holder_keys').whereIn('public_key', publicKeys.map((key) => Buffer.from(key, 'hex'))).select('public_key', 'organisation_id')) as Row[]
  return new Map(rows.map(({ public_key, organisation_id }) => [public_key.toString('hex'), organisation_id]))
}

/**
 * The key of the regulator of a division at an instant, and of the nearest one above where its own has none. An owner's key is no
 * regulator's as well: two shares in one hand would be one.
 */
export async function findRegulatorKey(db: Database, { divisionCode, ownerId, at }: { divisionCode: string; ownerId: string; at: Date }): Promise<HolderKey | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select keys.* from holder_keys keys
       join organisations regulator on regulator.id = keys.organisation_id
      where regulator.division_code in (:divisionCode, left(:divisionCode, 4) || '00', left(:divisionCode, 2) || '0000') and regulator.id <> :ownerId
        and exists (select from organisation_roles role where role.organisation_id = regulator.id and role.role = 'regulator' and role.since <= :at and (role.until is null or role.until > :at))
        and not exists (select from holder_keys later where later.organisation_id = keys.organisation_id and later.ordinal > keys.ordinal)
      order by regulator.division_code desc, keys.ordinal limit 1`,
    { divisionCode, ownerId, at },
  )
  return rows[0] && toKey(rows[0])
}
