import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { theConfig, type Config } from '#app/config.server.ts'
import type { Role } from '#app/domain/accounts/actor.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { connect, databaseClock } from '../client.ts'
import { DEMO_DIVISION, FIRST_LIST, seedCatalogue } from './catalogue.ts'
import { seedDemo } from './demo-world.ts'
import { seedDemoPolicies } from './policies.ts'

/** What `demo.json` says: where the demo is, who can sign in, and which machine may ask the guard. */
export type Demo = {
  baseUrl: string
  accounts: { role: Role; name: string; signIn: { name: string; password: string } }[]
  apiClient: { id: string; secret: string; scopes: string[]; authority: string } | null
}

/** Secrets of a demo are made at its first start and kept beside its data; no password is the same in two demos. */
export type DemoSecrets = { password: string; clientSecret: string }

/**
 * Fills an empty marketplace with invented people and leaves a filled one alone; then writes `demo.json`.
 * A lost `demo.json` is made again with new secrets, since the database holds only their hashes.
 */
export async function keepDemo(config: Config): Promise<Demo> {
  const file = path.join(config.dataDir, 'demo.json')
  const kept = read(file)
  const secrets: DemoSecrets = {
    password: kept?.accounts[0]?.signIn.password ?? randomBytes(6).toString('hex'),
    clientSecret: kept?.apiClient?.secret ?? randomBytes(24).toString('base64url'),
  }
  const db = connect(config.databaseUrl, 'app', { most: 4, asRole: config.databaseRoles })
  try {
    const keyring = openKeyring(config.keyring, { origin: new URL(config.publicUrl).host, makeIfMissing: true })
    await seedCatalogue({ db, keyring })
    await seedDemoPolicies(db, DEMO_DIVISION, FIRST_LIST.from)
    const world = await seedDemo({ db, clock: databaseClock, config, secrets, secretsAreNew: kept === null })
    const demo: Demo = { baseUrl: config.publicUrl, ...world }
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
    fs.renameSync(`${file}.new`, file)
    return demo
  } finally {
    await db.destroy()
  }
}

function read(file: string): Demo | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Demo
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = theConfig()
  fs.mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const { accounts } = await keepDemo(config)
  console.log(`The demo is there. ${accounts.map(({ role, signIn }) => `${role}: ${signIn.name}`).join(', ')}. Passwords and the API client are in ${path.join(config.dataDir, 'demo.json')}.`)
}
