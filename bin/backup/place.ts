import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { readConfig, type Config } from '#app/config.server.ts'
import { ensureDatabase, joinCluster, startCluster, type Cluster } from '#db/embedded.ts'
import { lockDataFolder } from '../launcher-lock.ts'

const DATABASE = 'mingdan'
const PLACEHOLDER = 'postgres://embedded/mingdan'

/** A marketplace's database and folder, found as the launcher finds them. */
export type Place = { config: Config; close: () => void }

/** The place to read from. A running marketplace is joined and not disturbed; one that stands still is started for as long as it takes. */
export async function openPlace(): Promise<Place> {
  const wanted = wantedConfig()
  if (process.env.DATABASE_URL) return { config: wanted, close: () => {} }
  if (!existsSync(path.join(wanted.dataDir, 'database-passwords.json'))) throw new Error(`There is no marketplace in ${wanted.dataDir}; DATA_DIR names its folder, or DATABASE_URL its database.`)
  const running = await joinCluster(wanted.dataDir)
  return running ? { config: configOf(running), close: () => {} } : startOwn(wanted)
}

/** The place to write to: nobody else may use it meanwhile. */
export async function openPlaceAlone(): Promise<Place> {
  const wanted = wantedConfig()
  return process.env.DATABASE_URL ? { config: wanted, close: () => {} } : startOwn(wanted)
}

async function startOwn({ dataDir }: Config): Promise<Place> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = lockDataFolder(dataDir)
  try {
    const cluster = await startCluster(dataDir)
    await ensureDatabase(cluster, DATABASE)
    const close = () => {
      cluster.stop()
      lock.release()
    }
    return { config: configOf(cluster), close }
  } catch (error) {
    lock.release()
    throw error
  }
}

function configOf(cluster: Cluster): Config {
  return readConfig({ ...process.env, DATABASE_URL: cluster.webUrl(DATABASE), DATABASE_OWNER_URL: cluster.ownerUrl(DATABASE), DATABASE_ROLES: 'true' })
}

/** As the launcher: where no database is named, the one in the data folder is meant. */
export function wantedConfig(): Config {
  return readConfig({ ...process.env, DATABASE_URL: process.env.DATABASE_URL || PLACEHOLDER })
}
