import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { theConfig, type Config } from '#app/config.server.ts'
import { SYSTEM, type Member, type Role } from '#app/domain/accounts/actor.ts'
import { API_SCOPES } from '#app/domain/accounts/api-client.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import { hashPassword } from '#app/domain/accounts/password.server.ts'
import type { Context } from '#app/domain/context.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { prepareDatabase } from '../../bin/prepare-database.ts'
import { connect, databaseClock, transact } from '../client.ts'
import { findCredential, savePassword } from '../repositories/accounts.ts'
import { insertDemoPerson, listDemoPeople } from '../repositories/demo-people.ts'
import { DEMO_PEOPLE } from './demo-people.ts'
import { PLAYED_JUDGE } from './town/merits.ts'
import { bringAuction } from './demo-auction.ts'
import { bringCases } from './demo-cases.ts'
import { bringExchange } from './demo-exchange.ts'
import { bringTender, type Cast } from './demo-tender.ts'
import { keepSamplePapers } from './sample-papers.ts'
import { joinAsColleague, memberCalled } from './town/enrolment.ts'
import { handOverMeasuring } from './town/outages.ts'
import { tellTown } from './town/tell-town.ts'

export type ApiClient = { id: string; secret: string; scopes: string[]; authority: string }

const CLIENT_ID = 'demo-case-system'
const SAID_EVERY = 3_000

/** What `demo.json` says: where the demo is, who can sign in, and which machine may ask the guard. */
export type Demo = {
  baseUrl: string
  accounts: { role: Role; name: string; signIn: { name: string; password: string } }[]
  apiClient: ApiClient
  /** Where the authority's own case system is, if one was started beside. */
  caseSystem: string | null
}

/**
 * Fills an empty marketplace with an invented city and leaves a filled one alone; then writes `demo.json`.
 * Secrets are made at the first start and kept in that file only: a lost one is made again with new secrets,
 * since the database holds only their hashes.
 *
 * @param withTender whether there is a tender that already takes bids, a fresh one at each start
 * @param say hears in a line how far the telling of the town is
 */
export async function keepDemo(config: Config, { withTender = true, say = () => {} }: { withTender?: boolean; say?: (line: string) => void } = {}): Promise<Demo> {
  const file = path.join(config.dataDir, 'demo.json')
  const kept = read(file)
  const password = kept?.accounts[0]?.signIn.password ?? randomBytes(6).toString('hex')
  const db = connect(config.databaseUrl, 'app', { most: 4, asRole: config.databaseRoles })
  const keyring = openKeyring(config.keyring, { origin: new URL(config.publicUrl).host, makeIfMissing: true, mergeDelaySeconds: config.mergeDelaySeconds })
  const context: Context = { db, keyring, clock: databaseClock, actor: SYSTEM, traceId: randomBytes(16).toString('hex') }
  try {
    const isTold = (await listDemoPeople(db)).length > 0
    if (!isTold) await tell(config, { keyring, password, say })
    else {
      await bringColleagues(context, password)
      if (!kept) await giveEverybody(password, context)
    }
    await handOverMeasuring(context)
    await keepSamplePapers(config.dataDir)
    const cast: Cast = new Map(await Promise.all(DEMO_PEOPLE.map(async (person) => [person.signInName, await memberCalled(db, person)] as const)))
    if (withTender) {
      await bringTender(context, cast)
      await bringAuction(context, cast)
    }
    const apiClient = await bringApiClient(context, cast.get('authority')!, kept?.apiClient)
    if (withTender) {
      await bringCases(context, cast, { clientId: apiClient.id, scopes: [...API_SCOPES] })
      await bringExchange(context, cast, { clientId: apiClient.id, ownerUrl: config.databaseOwnerUrl })
    }
    // A town that was told by an earlier version has no judge.
    const judge = (await findCredential(db, PLAYED_JUDGE.signInName)) ? [PLAYED_JUDGE] : []
    const demo: Demo = {
      baseUrl: config.publicUrl,
      accounts: [...DEMO_PEOPLE, ...judge].map(({ role, displayName, signInName }) => ({ role, name: displayName, signIn: { name: signInName, password } })),
      apiClient,
      caseSystem: config.caseSystemUrl,
    }
    write(file, demo)
    return demo
  } finally {
    await db.destroy()
  }
}

/** Tells the town's year over connections of its own, and says every few seconds how far it is. */
async function tell(config: Config, { keyring, password, say }: { keyring: Keyring; password: string; say: (line: string) => void }): Promise<void> {
  const pool = (role: 'app' | 'ledger') => connect(config.databaseUrl, role, { most: 1, asRole: config.databaseRoles })
  const [db, ledgerDb] = [pool('app'), pool('ledger')]
  const began = Date.now()
  let next = SAID_EVERY
  const onProgress = (share: number) => {
    if (Date.now() - began < next) return
    next += SAID_EVERY
    say(`The demo town is being told: ${Math.floor(share * 100)} % …`)
  }
  try {
    await tellTown({ db, ledgerDb, keyring, password, scale: config.demoScale, onProgress })
  } finally {
    await Promise.all([db.destroy(), ledgerDb.destroy()])
  }
  await countRows(config.databaseOwnerUrl)
}

/** What is told at once is counted at once: until PostgreSQL does it by itself, a minute later, a list of what was finished takes 130 ms instead of 15. */
async function countRows(ownerUrl: string): Promise<void> {
  const owner = connect(ownerUrl, 'owner', { most: 1 })
  await owner.raw('analyze').finally(() => owner.destroy())
}

/** A demo that was told before somebody's colleague was thought of gets them now. */
async function bringColleagues(context: Context, password: string): Promise<void> {
  for (const [place, person] of DEMO_PEOPLE.entries()) {
    const manager = DEMO_PEOPLE.find(({ signInName }) => signInName === person.colleagueOf)
    if (!manager || (await findCredential(context.db, person.signInName))) continue
    await joinAsColleague({ ...context, actor: await memberCalled(context.db, manager) }, person, password)
    const { accountId } = await memberCalled(context.db, person)
    if (person.sentence) await transact(context.db, (trx) => insertDemoPerson(trx, { accountId, place: place + 1, ...person.sentence! }))
  }
}

async function giveEverybody(password: string, { db, clock }: Context): Promise<void> {
  const passwordHash = await hashPassword(password)
  for (const { signInName } of [...DEMO_PEOPLE, PLAYED_JUDGE]) {
    const known = await findCredential(db, signInName)
    if (known) await savePassword(db, known.accountId, passwordHash, await clock.read(db))
  }
}

/** The authority's case system; its secret is made here and shown in `demo.json` alone. One of an earlier version may do now what this one has. */
async function bringApiClient(context: Context, { organisationId, organisationName, uscc }: Member, kept?: ApiClient): Promise<ApiClient> {
  if (kept && API_SCOPES.every((scope) => kept.scopes.includes(scope))) return kept
  const secret = kept?.secret ?? randomBytes(24).toString('base64url')
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
  const { accounts } = await keepDemo(config, { say: console.error })
  const people = accounts.map(({ role, signIn }) => `${role}: ${signIn.name}`).join(', ')
  console.log(`The demo is there. ${people}. Passwords and the API client are in ${path.join(config.dataDir, 'demo.json')}.`)
}
