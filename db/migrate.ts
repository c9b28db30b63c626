import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Knex } from 'knex'
import { theConfig } from '#app/config.server.ts'
import { connect } from './client.ts'

const MIGRATION_LOCK = 4_907_233
const FOLDER = new URL('./migrations/', import.meta.url)

/** The migrations that this version knows, oldest first. */
export function knownMigrations(): string[] {
  return readdirSync(FOLDER).filter((name) => name.endsWith('.ts')).sort()
}

/**
 * Brings a database up to date. Two webs that start at once take turns; a lock that a killed process
 * left in Knex's own table is freed, since only the holder of the advisory lock can be migrating.
 *
 * @param only these and no others: a backup is loaded into the tables of its own version, which is then migrated on
 * @returns the names of the migrations that ran now
 */
export async function migrate(ownerUrl: string, only: readonly string[] = knownMigrations()): Promise<string[]> {
  const db = connect(ownerUrl, 'owner', { most: 2 })
  const migrationSource: Knex.MigrationSource<string> = {
    getMigrations: () => Promise.resolve([...only]),
    getMigrationName: (name) => name,
    getMigration: (name) => import(new URL(name, FOLDER).href) as Promise<Knex.Migration>,
  }
  const migrations = { migrationSource }
  const holder = await db.client.acquireConnection()
  try {
    await db.raw('select pg_advisory_lock(?)', [MIGRATION_LOCK]).connection(holder)
    await db.migrate.forceFreeMigrationsLock(migrations)
    const [, ran] = (await db.migrate.latest(migrations)) as [number, string[]]
    return ran
  } finally {
    await db.raw('select pg_advisory_unlock(?)', [MIGRATION_LOCK]).connection(holder)
    await db.client.releaseConnection(holder)
    await db.destroy()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const ran = await migrate(theConfig().databaseOwnerUrl)
  console.log(ran.length ? `Migrated: ${ran.join(', ')}` : 'The database is up to date.')
}
