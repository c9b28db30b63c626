import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import type { Config } from '#app/config.server.ts'
import { buildIfStale } from '../../bin/build-if-stale.ts'
import { filesBelow, type TestCluster } from './cluster.ts'

/** The demo's whole town: the database to clone, and the folder with the keys that signed it. */
export type Town = { template: string; beside: string }

declare module 'vitest' {
  interface ProvidedContext {
    town: Town
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TOWN_LOCK = 4_907_236
const DAY = 86_400_000

/** What a town is made of; a change in any of it makes a new town. */
const MADE_OF = ['app/domain', 'app/rounds', 'app/words/zh', 'app/http/say-reason.server.ts', 'db', 'search', 'package-lock.json', 'tests/support/hear-town.ts', 'tests/support/town.ts']
/** What a site needs beside the database: the keys that signed it, and who can sign in. */
const BESIDE = ['keyring.json', 'demo.json']

/**
 * vitest's global set-up for whatever starts sites: their pages are built and their town is told, while tests that need
 * neither run. Whoever starts a site waits for the pages (`buildIfStale`) and for the town (`untilTold`).
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { cluster } = project.getProvidedContext()
  const mark = fingerprint()
  const town = { template: `town_${mark}`, beside: besideOf(mark) }
  project.provide('town', town)
  fs.rmSync(failureOf(town), { force: true })
  const told = ensureTown(cluster, town).catch((error: Error) => fs.writeFileSync(failureOf(town), error.message))
  // What is wrong with a build is said to everybody who starts a site.
  const built = buildIfStale({ onStart: () => console.log('Building the pages …') }).catch(() => {})
  return async () => void (await Promise.all([told, built]))
}

/** Waits until the town can be cloned. It refuses with the reason when the town could not be told. */
export async function untilTold(town: Town, { superUrl }: TestCluster): Promise<void> {
  const failure = failureOf(town)
  await withClient(superUrl, async (client) => {
    while (!(await stands(client, town))) {
      if (fs.existsSync(failure)) throw new Error(fs.readFileSync(failure, 'utf8'))
      await setTimeout(250)
    }
  })
}

/** Told once for each state of the sources. Two runs at once take turns. */
async function ensureTown(cluster: TestCluster, town: Town): Promise<void> {
  await withClient(cluster.superUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TOWN_LOCK])
    if (await stands(client, town)) return
    await dropOldTowns(client, town)
    await tell(client, cluster, town)
  })
}

async function stands(client: pg.Client, { template, beside }: Town): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
  return rowCount === 1 && BESIDE.every((file) => fs.existsSync(path.join(beside, file)))
}

/** Another run of today may clone a town of other sources; one that lacks its keys is of no use. */
async function dropOldTowns(client: pg.Client, { template }: Town): Promise<void> {
  const { rows } = await client.query<{ datname: string; made: string | null }>(`select datname, shobj_description(oid, 'pg_database') as made from pg_database where datname like 'town\\_%'`)
  for (const { datname, made } of rows) {
    if (datname !== template && Date.now() - Number(made) < DAY) continue
    await client.query(`drop database if exists ${datname} with (force)`)
    fs.rmSync(besideOf(datname.slice('town_'.length)), { recursive: true, force: true })
  }
}

async function withClient(superUrl: string, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl.replace(/DATABASE$/, 'postgres') })
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}

/** Where those who wait for a town read why it could not be told. */
function failureOf({ beside }: Town): string {
  return `${beside}-failed.txt`
}

function besideOf(mark: string): string {
  return path.join(ROOT, 'node_modules/.cache', `town-${mark}`)
}

/** Puts the town's keys and accounts where a site will look for them. */
export function settle({ beside }: Town, { dataDir, keyring }: Pick<Config, 'dataDir' | 'keyring'>): void {
  fs.copyFileSync(path.join(beside, 'keyring.json'), keyring)
  fs.copyFileSync(path.join(beside, 'demo.json'), path.join(dataDir, 'demo.json'))
}

/** Runs outside vitest, as the product does it: Node tells the town from its sources, and everybody in it hears of it. */
async function tell(client: pg.Client, cluster: TestCluster, { template, beside }: Town): Promise<void> {
  const making = `making_${randomUUID().slice(0, 8)}`
  const url = (from: string) => from.replace(/DATABASE$/, making)
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'test', DATABASE_URL: url(cluster.webUrl), DATABASE_OWNER_URL: url(cluster.ownerUrl), DATA_DIR: beside, DEMO: 'true', DEMO_SCALE: '1', PUBLIC_URL: 'http://town.mingdan.invalid' }
  fs.rmSync(beside, { recursive: true, force: true })
  await client.query(`create database ${making} owner mingdan_owner`)
  try {
    for (const script of ['db/seeds/demo.ts', 'tests/support/hear-town.ts']) await promisify(execFile)(path.join(ROOT, 'node_modules/.bin/node'), [script], { cwd: ROOT, env })
    await client.query(`comment on database ${making} is '${Date.now()}'`)
    // From here on it stands, and whoever waits clones it.
    await client.query(`alter database ${making} rename to ${template}`)
  } catch (error) {
    await client.query(`drop database if exists ${making} with (force)`)
    throw new Error(`The town could not be told: ${String((error as { stderr?: string }).stderr ?? error)}`)
  }
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const part of MADE_OF) for (const file of filesBelow(path.join(ROOT, part))) hash.update(path.relative(ROOT, file)).update(fs.readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}
