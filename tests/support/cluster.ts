import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { asSuperuser, joinCluster, startCluster, type Cluster } from '#db/embedded.ts'
import { withLock } from '../../bin/with-lock.ts'

/** What a test needs to make databases of its own. Handed from the main process to the workers by vitest. */
export type TestCluster = { template: string; superUrl: string; ownerUrl: string; webUrl: string }

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HOUR = 3_600_000
const TEMPLATE_LOCK = 4_907_235

// A test database that dies with its machine is no loss, so nothing waits for the disk; and no password of it is worth four thousand rounds at each connection.
const FAST = { scram_iterations: '1', max_wal_size: '256MB', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', shared_buffers: '128MB', autovacuum: 'off', wal_level: 'minimal', max_wal_senders: '0' }

// The cluster of this checkout and this user; `DATABASE_URL` is never looked at.
const IDENTITY = createHash('sha256').update(`${process.getuid?.()} ${JSON.stringify(FAST)}`).digest('hex').slice(0, 8)
/** Where the cluster rests between runs, and runs where memory is short. */
const REST = path.join(ROOT, 'node_modules/.cache', `test-${IDENTITY}`)
/** A file that is copied for a test's own database, a thousand of them each time, costs a fifth in memory of what it costs on a disk. */
const IN_MEMORY = path.join('/dev/shm', `mingdan-test-${IDENTITY}-${createHash('sha256').update(ROOT).digest('hex').slice(0, 8)}`)
const GIBI = 2 ** 30
const LOCK = `${REST}.lock`
/** Names what templates the cluster that rests holds. */
const HOLDS = 'holds.txt'
const HOLDER = 'mingdan-test-run'

/** What a template is made of; a change in any of it makes a new template. */
const MADE_OF = ['db/migrations', 'db/seeds', 'app/domain/ledger', 'app/domain/catalogue', 'app/domain/divisions', 'tests/support/cluster.ts']

/**
 * vitest's global set-up: starts the test cluster, or joins the one that another run uses, and makes the template.
 * A connection is held as long as the run lives, so that the last run to leave knows that it is the last.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { cluster, held } = await withLock(LOCK, async () => {
    const cluster = await startCluster(wake(), FAST)
    const held = new pg.Client({ connectionString: cluster.superUrl('postgres'), application_name: HOLDER })
    held.on('error', () => {})
    await held.connect()
    return { cluster, held }
  })
  const template = await ensureTemplate(cluster)
  const url = (make: (database: string) => string) => make('DATABASE')
  project.provide('cluster', { template, superUrl: url(cluster.superUrl), ownerUrl: url(cluster.ownerUrl), webUrl: url(cluster.webUrl) })
  return () =>
    withLock(LOCK, async () => {
      const others = await otherHolders(held)
      if (others === 0) await dropLeftovers(held)
      const holds = await templatesOf(held)
      await held.end()
      if (others === 0) layDown(cluster, holds)
    })
}

/** Stops the cluster if a killed run left it and no other run uses it. */
export async function leaveTestCluster(): Promise<void> {
  const home = [IN_MEMORY, REST].find((folder) => fs.existsSync(folder))
  if (!home) return
  await withLock(LOCK, async () => {
    const cluster = await joinCluster(home)
    if (!cluster) return
    const client = new pg.Client({ connectionString: cluster.superUrl('postgres') })
    await client.connect()
    const others = await otherHolders(client)
    if (others === 0) await dropLeftovers(client)
    const holds = await templatesOf(client)
    await client.end()
    if (others === 0) layDown(cluster, holds)
  })
}

/** @returns the folder to run the cluster in: in memory where there is room, with what rests on the disk brought there */
function wake(): string {
  if (fs.existsSync(IN_MEMORY)) return IN_MEMORY
  if (!hasRoomInMemory()) return REST
  if (fs.existsSync(REST)) bring(REST, IN_MEMORY)
  return IN_MEMORY
}

/** Stops the cluster and leaves no memory taken; templates that were made meanwhile are kept on the disk for the next run. */
function layDown(cluster: Cluster, holds: string): void {
  cluster.stop()
  if (!fs.existsSync(IN_MEMORY)) return
  const [kept, file] = [path.join(REST, HOLDS), path.join(IN_MEMORY, HOLDS)]
  if (!fs.existsSync(kept) || fs.readFileSync(kept, 'utf8') !== holds) {
    fs.writeFileSync(file, holds)
    bring(IN_MEMORY, REST)
  }
  fs.rmSync(IN_MEMORY, { recursive: true, force: true })
}

/** Copies a cluster that does not run, with its owners; one that was cut off in the middle leaves nothing that could be taken for one. */
function bring(from: string, to: string): void {
  fs.rmSync(`${to}.coming`, { recursive: true, force: true })
  execFileSync('cp', ['-a', from, `${to}.coming`])
  fs.rmSync(to, { recursive: true, force: true })
  fs.renameSync(`${to}.coming`, to)
}

function hasRoomInMemory(): boolean {
  if (!fs.existsSync('/dev/shm')) return false
  const { bavail, bsize } = fs.statfsSync('/dev/shm')
  return bavail * bsize >= 3 * GIBI && process.availableMemory() >= 6 * GIBI
}

async function templatesOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'template\\_%' or datname like 'town\\_%' order by datname`)
  return rows.map(({ datname }) => datname).join('\n')
}

/** Makes the migrated and seeded template unless it stands. Two runs at once take turns. */
export async function ensureTemplate(cluster: Cluster): Promise<string> {
  const template = `template_${fingerprint()}`
  await asSuperuser(cluster, 'postgres', async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'template\\_%'`)
    if (rows.some((row) => row.datname === template)) return
    const making = `making_${randomUUID().slice(0, 8)}`
    await client.query(`create database ${making} owner mingdan_owner`)
    try {
      fill(cluster.ownerUrl(making))
      // Nothing counts rows by itself here, and a query that is planned without knowing them may take ten times as long.
      await asSuperuser(cluster, making, (inside) => inside.query('analyze'))
      await client.query(`alter database ${making} rename to ${template}`)
      await client.query(`comment on database ${template} is '${Date.now()}'`)
    } catch (error) {
      await client.query(`drop database if exists ${making} with (force)`)
      throw error
    }
    await dropOldTemplates(client)
  })
  return template
}

/** Runs outside vitest, as the product does it: Node loads migrations and seeds from their sources. */
function fill(ownerUrl: string): void {
  const node = path.join(ROOT, 'node_modules/.bin/node')
  const dataDir = fs.mkdtempSync(path.join(ROOT, 'node_modules/.cache/template-'))
  const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: ownerUrl, DATA_DIR: dataDir, NODE_ENV: 'test', DEMO: 'false', LOG_LEVEL: 'silent' }
  try {
    for (const script of ['db/migrate.ts', 'db/seeds/reference.ts', 'db/seeds/catalogue.ts']) {
      if (fs.existsSync(path.join(ROOT, script))) execFileSync(node, [script], { cwd: ROOT, env, stdio: 'pipe' })
    }
  } catch (error) {
    throw new Error(`The test template could not be made: ${String((error as { stderr?: Buffer }).stderr ?? error)}`)
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const part of MADE_OF) for (const file of filesBelow(path.join(ROOT, part))) hash.update(file).update(fs.readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}

/** Every file of a folder in one order, or the file itself. */
export function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return []
  if (fs.statSync(folder).isFile()) return [folder]
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort()
}

/** A template of an hour ago may still be cloned by a run that began with it; an older one is of no use to anybody. */
async function dropOldTemplates(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; made: string | null }>(
    `select datname as name, shobj_description(oid, 'pg_database') as made from pg_database where datname like 'template\\_%'`,
  )
  for (const { name, made } of rows) if (Date.now() - Number(made) > HOUR) await client.query(`drop database if exists ${name}`)
}

async function otherHolders(held: pg.Client): Promise<number> {
  const { rows } = await held.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()`,
    [HOLDER],
  )
  return rows[0]?.others ?? 0
}

async function dropLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'test\\_%' or datname like 'making\\_%'`)
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
}
