import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { theConfig, type Config } from '#app/config.server.ts'
import { SYSTEM, type Member, type Role } from '#app/domain/accounts/actor.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import type { Context } from '#app/domain/context.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { prepareDatabase } from '../../bin/prepare-database.ts'
import { connect, databaseClock } from '../client.ts'
import { DEMO_DIVISION, FIRST_LIST, seedCatalogue } from './catalogue.ts'
import { DEMO_PEOPLE } from './demo-people.ts'
import { bringTender } from './demo-tender.ts'
import { bringPeople } from './demo-world.ts'
import { seedDemoPolicies } from './policies.ts'

export type ApiClient = { id: string; secret: string; scopes: string[]; authority: string }

const CLIENT_ID = 'demo-case-system'

/** What `demo.json` says: where the demo is, who can sign in, and which machine may ask the guard. */
export type Demo = {
  baseUrl: string
  accounts: { role: Role; name: string; signIn: { name: string; password: string } }[]
  apiClient: ApiClient
}

/**
 * Fills an empty marketplace with an invented city and leaves a filled one alone; then writes `demo.json`.
 * Secrets are made at the first start and kept in that file only: a lost one is made again with new secrets,
 * since the database holds only their hashes.
 *
 * @param withTender whether the story begins with a tender that already takes bids
 */
export async function keepDemo(config: Config, { withTender = true }: { withTender?: boolean } = {}): Promise<Demo> {
  const file = path.join(config.dataDir, 'demo.json')
  const kept = read(file)
  const password = kept?.accounts[0]?.signIn.password ?? randomBytes(6).toString('hex')
  const db = connect(config.databaseUrl, 'app', { most: 4, asRole: config.databaseRoles })
  const keyring = openKeyring(config.keyring, { origin: new URL(config.publicUrl).host, makeIfMissing: true, mergeDelaySeconds: config.mergeDelaySeconds })
  const context: Context = { db, keyring, clock: databaseClock, actor: SYSTEM, traceId: randomBytes(16).toString('hex') }
  try {
    await seedCatalogue({ db, keyring })
    await seedDemoPolicies(db, DEMO_DIVISION, FIRST_LIST.from)
    const cast = await bringPeople(context, { password, passwordIsNew: kept === null })
    if (withTender) await bringTender(context, cast)
    const demo: Demo = {
      baseUrl: config.publicUrl,
      accounts: DEMO_PEOPLE.map(({ role, displayName, signInName }) => ({ role, name: displayName, signIn: { name: signInName, password } })),
      apiClient: kept?.apiClient ?? (await bringApiClient(context, cast.get('authority')!)),
    }
    write(file, demo)
    return demo
  } finally {
    await db.destroy()
  }
}

/** The authority's case system; its secret is made here and shown in `demo.json` alone. */
async function bringApiClient(context: Context, { organisationId, organisationName, uscc }: Member): Promise<ApiClient> {
  const secret = randomBytes(24).toString('base64url')
  const { id, scopes } = await makeApiClient(context, { id: CLIENT_ID, secret, name: `${organisationName}的审批系统`, organisationId })
  return { id, secret, scopes: [...scopes], authority: uscc! }
}

function read(file: string): Demo | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Demo
  } catch {
    return null
  }
}

function write(file: string, demo: Demo): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  fs.renameSync(`${file}.new`, file)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = theConfig()
  await prepareDatabase(config)
  const { accounts } = await keepDemo(config)
  const people = accounts.map(({ role, signIn }) => `${role}: ${signIn.name}`).join(', ')
  console.log(`The demo is there. ${people}. Passwords and the API client are in ${path.join(config.dataDir, 'demo.json')}.`)
}
