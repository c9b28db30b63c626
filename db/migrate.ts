import { fileURLToPath } from 'node:url'
import { theConfig } from '#app/config.server.ts'
import { connect } from './client.ts'

const MIGRATION_LOCK = 4_907_233

/**
 * Brings a database up to date. Two webs that start at once take turns; a lock that a killed process
 * left in Knex's own table is freed, since only the holder of the advisory lock can be migrating.
 *
 * @returns the names of the migrations that ran now
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const db = connect(ownerUrl, 'owner', { most: 2 })
  const migrations = { directory: fileURLToPath(new URL('./migrations', import.meta.url)), loadExtensions: ['.ts'] }
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
