import type { Knex } from 'knex'
import type { Actor } from './accounts/actor.ts'
import type { Keyring } from './ledger/keyring.ts'

/** Either the pool or a transaction that already runs. */
export type Database = Knex | Knex.Transaction

/** The hour. It is read from the database, once a transaction and after the lock, so that waiting never makes a late act early. */
export type Clock = { read: (db: Database) => Promise<Date> }

/** What every verb is handed: the database, the caller, the hour, the keys, and the thread to follow in the logs. */
export type Context = {
  db: Knex
  actor: Actor
  clock: Clock
  keyring: Keyring
  traceId: string
  /** Where rounds of drand are fetched; without any that source is not available. */
  mirrors?: readonly string[]
}
