import { fileURLToPath } from 'node:url'
import { theConfig, type Config } from '#app/config.server.ts'
import { connect } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { seedReference } from '#db/seeds/reference.ts'

const ROLES = ['mingdan_app', 'mingdan_ledger', 'mingdan_reader']

/**
 * Makes a database ready for this version: migrated, the web's login admitted to its roles, reference data there.
 *
 * @returns the names of the migrations that ran now
 */
export async function prepareDatabase({ databaseUrl, databaseOwnerUrl, databaseRoles }: Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'databaseRoles'>): Promise<string[]> {
  const ran = await migrate(databaseOwnerUrl)
  const db = connect(databaseOwnerUrl, 'owner', { most: 2 })
  try {
    if (databaseRoles) await admit(db, decodeURIComponent(new URL(databaseUrl).username))
    await seedReference(db)
    return ran
  } finally {
    await db.destroy()
  }
}

/** Lets a login put on the three roles. Who made a role may grant it and, since PostgreSQL 16, still may not put it on. */
async function admit(db: ReturnType<typeof connect>, login: string): Promise<void> {
  if (!login) return
  for (const role of ROLES) {
    const { rows } = await db.raw<{ rows: [{ may: boolean }] }>('select pg_has_role(?, ?, ?) as may', [login, role, 'member'])
    if (!rows[0].may) await db.raw('grant ?? to ??', [role, login])
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const ran = await prepareDatabase(theConfig())
  console.log(ran.length ? `Migrated: ${ran.join(', ')}` : 'The database is up to date.')
}
