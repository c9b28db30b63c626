import fs from 'node:fs'
import path from 'node:path'
import { addressOf, readConfig, type Config } from '#app/config.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { ensureDatabase, startCluster } from '#db/embedded.ts'
import { keepDemo, type Demo } from '#db/seeds/demo.ts'
import { holdPortFrom, untilReady } from './address.ts'
import { buildIfStale } from './build-if-stale.ts'
import { findCaseSystem, type CaseSystem } from './case-system.ts'
import { endOf, keepRunning, type Kept } from './keep-running.ts'
import { lockDataFolder } from './launcher-lock.ts'
import { whenAskedToStop } from './lifeline.ts'
import { prepareDatabase } from './prepare-database.ts'

const DATABASE = 'mingdan'
const PLACEHOLDER = 'postgres://embedded/mingdan'
const LOOPBACK = /^(127\.|localhost$|::1$)/
const READY_WITHIN = 60_000
const DATABASE_LOOKED_AT_EVERY = 2_000

const isDevelopment = process.argv.includes('--dev')
const isEmbedded = !process.env.DATABASE_URL
/** What has to end, in the order in which it began; stopping goes backwards. */
const stops: (() => Promise<void> | void)[] = []
let stopping = false
let databaseStarting: Promise<unknown> = Promise.resolve()

whenAskedToStop(() => void stopAll(0))
try {
  await startAll()
} catch (error) {
  if (!stopping) {
    say(error instanceof Error ? error.message : String(error))
    await stopAll(1)
  }
}

async function startAll(): Promise<void> {
  const wanted = readConfig({ ...process.env, ...fixedPart(), DATABASE_URL: process.env.DATABASE_URL || PLACEHOLDER })
  makeDataFolder(wanted)
  const lock = lockDataFolder(wanted.dataDir)
  stops.push(lock.release)
  const database = openDatabase(wanted)
  databaseStarting = database.catch(() => {})
  const building = isDevelopment ? undefined : buildIfStale({ onStart: () => say('Building the pages …') })
  building?.catch(() => {})

  const { port, release: releasePort } = await holdPortFrom(wanted.port, wanted.host)
  if (wanted.port !== 0 && port !== wanted.port) say(`Port ${wanted.port} is taken, so this is port ${port}.`)
  if (wanted.demo && !LOOPBACK.test(wanted.host)) say(`This demo can be reached from other machines (HOST=${wanted.host}), and whoever opens it can act as everybody in it.`)
  const address = process.env.PUBLIC_URL || addressOf(wanted.host, port)
  // Without its keys neither child could start, and each would say so five times.
  if (!wanted.demo) openKeyring(wanted.keyring, { origin: new URL(address).host, makeIfMissing: false })
  const caseSystem = wanted.demo ? await findCaseSystem({ dataDir: wanted.dataDir, host: wanted.host, after: port, logFile: logOf(wanted, 'case-system'), say }) : null
  const env: NodeJS.ProcessEnv = { ...process.env, ...fixedPart(), ...(await database), DATA_DIR: wanted.dataDir, PORT: String(port), PUBLIC_URL: address, ...besides(caseSystem) }
  const config = readConfig(env)
  await prepareDatabase(config)
  const demo = config.demo ? await keepDemo(config, { say }) : null
  await building
  if (stopping) return

  await releasePort()
  const kept = startChildren(env, config)
  const local = addressOf(config.host, port)
  const isReady = await untilReady(local, { within: READY_WITHIN, isAlive: () => !stopping })
  if (stopping) return
  if (!isReady) throw new Error(`The web did not become ready.${endOf(logOf(config, 'web'))}`)
  lock.tell(local)
  if (caseSystem) stops.push((await caseSystem.start()).stop)
  console.log(welcome(address, { demo, kept, caseSystem }))
}

function makeDataFolder({ dataDir }: Config): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Error(`The folder of DATA_DIR cannot be used (${(error as Error).message}).`)
  }
}

/** What the launcher decides for its children, whatever the environment says. */
function fixedPart(): Record<string, string> {
  const embedded: Record<string, string> = isEmbedded ? { DEMO: process.env.DEMO || 'true', DATABASE_ROLES: 'true', DATABASE_OWNER_URL: '' } : {}
  return { NODE_ENV: isDevelopment ? 'development' : 'production', STOP_WITH_STDIN: 'true', ...embedded }
}

/** What the children are told of the case system: where to lead people, and that its address may be written to though it is an inner one. */
function besides(caseSystem: CaseSystem | null): Record<string, string> {
  if (!caseSystem) return {}
  const allowed = [process.env.WEBHOOK_ALLOWED_HOSTS, new URL(caseSystem.address).host].filter(Boolean).join(' ')
  return { CASE_SYSTEM_URL: caseSystem.address, WEBHOOK_ALLOWED_HOSTS: allowed }
}

/** With DATABASE_URL nothing of our own is started; what is there is used. */
async function openDatabase({ dataDir }: Config): Promise<Record<string, string>> {
  if (!isEmbedded) return {}
  const cluster = await startCluster(dataDir)
  stops.push(cluster.stop)
  setInterval(() => {
    if (!stopping && !cluster.isAlive()) giveUp(`The database has ended by itself. The end of its log:\n${cluster.lastWords()}`)
  }, DATABASE_LOOKED_AT_EVERY).unref()
  await ensureDatabase(cluster, DATABASE)
  return { DATABASE_URL: cluster.webUrl(DATABASE), DATABASE_OWNER_URL: cluster.ownerUrl(DATABASE) }
}

function startChildren(env: NodeJS.ProcessEnv, config: Config): Kept[] {
  // The children never migrate, so they are not told how the owner signs in.
  const childEnv = { ...env, DATABASE_OWNER_URL: '' }
  const kept = (['web', 'worker'] as const).map((name) =>
    keepRunning({ name, script: name === 'web' ? 'app/server.ts' : 'app/worker.ts', env: childEnv, logFile: logOf(config, name), say, giveUp }),
  )
  stops.push(async () => void (await Promise.all(kept.map((each) => each.stop()))))
  return kept
}

/** The demo says one line and keeps its log in a file; a deployment's log goes where its supervisor reads it. */
function logOf({ dataDir }: Config, name: string): string | undefined {
  return isEmbedded && !isDevelopment ? path.join(dataDir, 'log', `${name}.log`) : undefined
}

function welcome(address: string, { demo, kept, caseSystem }: { demo: Demo | null; kept: Kept[]; caseSystem: CaseSystem | null }): string {
  const running = `明单 Mingdan is at ${address}`
  if (!demo) return `${running} (${kept.map(({ name }) => name).join(' and ')} running)`
  const people = demo.accounts.map(({ signIn }) => signIn.name).join(', ')
  const beside = caseSystem ? ` · a case system is at ${caseSystem.address}` : ''
  return `${running}${beside} · demo accounts: ${people} · password of all: ${demo.accounts[0]?.signIn.password} · Ctrl-C ends it`
}

function giveUp(why: string): void {
  if (stopping) return
  say(why)
  void stopAll(1)
}

async function stopAll(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  await databaseStarting
  for (const stop of stops.reverse()) {
    try {
      await stop()
    } catch (error) {
      say(String(error))
    }
  }
  process.exit(code)
}

/** News for the person at the terminal; standard output is kept for the one line that says where it is. */
function say(line: string): void {
  console.error(line)
}
