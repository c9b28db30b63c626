import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { addressOf, readConfig, type Config } from '#app/config.server.ts'
import { makeKeyringFile, newKeyring } from '#app/domain/ledger/keyring.server.ts'
import { keepDemo, type Demo } from '#db/seeds/demo.ts'
import { untilReady } from '../../bin/address.ts'
import { buildIfStale } from '../../bin/build-if-stale.ts'
import { CHILD_ENV } from './child-env.ts'
import { makeDatabase, type TestDatabase } from './database.ts'
import { layClock, passDeadline } from './passing-time.ts'
import { settle, untilTold, type Town } from './town.ts'
import { Visitor } from './visitor.ts'
import { quietPort } from './port.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const READY_WITHIN = 60_000

export type Site = {
  address: string
  config: Config
  database: TestDatabase
  /** The demo's people, when the site was started with its town. */
  demo: Demo | null
  /** Somebody with cookies of their own. */
  visitor: () => Visitor
  /** What web and worker have written to their logs. */
  log: () => string
  /** Sets the clock of the site behind a deadline of a tender, by its number; behind the close unless another is named. */
  passDeadline: (number: string, of?: Parameters<typeof passDeadline>[2]) => Promise<void>
  /** One more web or worker beside those that run, against the same database and folder; it ends with the site. */
  start: (script: Script, env?: Record<string, string>) => ChildProcess
  stop: () => Promise<void>
}

type Script = 'app/server.ts' | 'app/worker.ts'
type Options = { worker?: boolean; demo?: boolean; env?: Record<string, string>; build?: boolean }

/**
 * Starts the product as a deployment does: the web, and the worker if wanted, as processes of their own
 * against a cloned database and an empty data folder; with the demo the clone is of the whole town.
 */
export async function startSite({ worker = false, demo: withDemo = false, env = {}, build = true }: Options = {}): Promise<Site> {
  if (build) await buildIfStale()
  // Where no town was told beforehand, the people one can be are enough.
  const town = withDemo ? (inject('town') as Town | undefined) : undefined
  if (town) await untilTold(town, inject('cluster'))
  const database = await makeDatabase(town?.template)
  await layClock(database.ownerUrl)
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-site-'))
  const port = await quietPort()
  const address = addressOf('127.0.0.1', port)
  const childEnv: NodeJS.ProcessEnv = {
    ...CHILD_ENV,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: address,
    DEMO: String(withDemo),
    DEMO_SCALE: '0',
    LOG_LEVEL: 'info',
    STOP_WITH_STDIN: 'true',
    ...env,
  }
  const config = readConfig(childEnv)
  if (town) settle(town, config)
  else if (!fs.existsSync(config.keyring)) makeKeyringFile(config.keyring, newKeyring({ origin: new URL(address).host }))
  const demo = withDemo ? await keepDemo(config) : null
  const children: ChildProcess[] = []
  let log = ''
  const start = (script: Script, more: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [path.join(ROOT, script)], { cwd: ROOT, env: { ...childEnv, ...more }, stdio: ['pipe', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text))
    children.push(child)
    return child
  }
  start('app/server.ts')
  if (worker) start('app/worker.ts')
  const stop = async () => {
    await Promise.all(children.map(end))
    await database.drop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
  const isReady = await untilReady(address, { within: READY_WITHIN, isAlive: () => children.every(({ exitCode }) => exitCode === null) })
  if (!isReady) {
    await stop()
    throw new Error(`The site did not become ready:\n${log.slice(-3000)}`)
  }
  return { address, config, database, demo, visitor: () => new Visitor(address), log: () => log, passDeadline: (number, of) => passDeadline(database.owner, number, of), start, stop }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const forced = setTimeout(() => child.kill('SIGKILL'), 12_000)
    child.once('exit', () => {
      clearTimeout(forced)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
