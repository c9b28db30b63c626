import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { commandsFor, type Commands } from './embedded-commands.ts'

/** A cluster of the PostgreSQL that npm brought, running on this machine's loopback. */
export type Cluster = {
  port: number
  pid: number
  /** True when it already ran, because its last launcher was killed. */
  adopted: boolean
  /** Makes, migrates and owns databases; may create roles. */
  ownerUrl: (database: string) => string
  /** Has no right of its own but those of the roles that it puts on. */
  webUrl: (database: string) => string
  superUrl: (database: string) => string
  /** Whether its first process is still there. */
  isAlive: () => boolean
  /** The end of its own log, for when it is not. */
  lastWords: () => string
  stop: () => void
}

type Running = { pid: number; port: number }
type Passwords = { superuser: string; owner: string; web: string }

export const OWNER_LOGIN = 'mingdan_owner'
export const WEB_LOGIN = 'mingdan_web'
const SUPERUSER = 'mingdan_super'
const PASSWORDS = 'database-passwords.json'

/**
 * Starts the cluster that lives in a folder, or adopts it where it still runs.
 *
 * @param home the folder; made with mode 0700 if missing. Cluster, passwords and log are kept in it
 * @param settings additional `postgres` settings, e.g. `{ fsync: 'off' }` for tests
 * @throws an Error with the end of PostgreSQL's own log when it will not start
 */
export async function startCluster(home: string, settings: Record<string, string> = {}): Promise<Cluster> {
  fs.mkdirSync(home, { recursive: true, mode: 0o700 })
  const commands = commandsFor(home)
  const passwords = passwordsIn(home)
  const isNew = !fs.existsSync(path.join(commands.dataFolder, 'PG_VERSION'))
  if (isNew) initialise(commands, passwords)
  const adopted = runningIn(commands.dataFolder)
  if (!adopted) startIn(commands, await freePort(), settings)
  const running = adopted ?? runningIn(commands.dataFolder)
  if (!running) throw new Error(`PostgreSQL ended right after its start. The end of its log:\n${tailOf(logOf(commands))}`)
  const cluster = clusterOf(commands, passwords, running, adopted !== null)
  await ensureLogins(cluster, passwords)
  return cluster
}

/** The cluster of a folder if it runs; nothing is started. */
export async function joinCluster(home: string): Promise<Cluster | null> {
  const commands = commandsFor(home)
  const running = runningIn(commands.dataFolder)
  return running && clusterOf(commands, passwordsIn(home), running, true)
}

function clusterOf(commands: Commands, passwords: Passwords, { pid, port }: Running, adopted: boolean): Cluster {
  const url = (login: string, password: string) => (database: string) => `postgres://${login}:${password}@127.0.0.1:${port}/${database}`
  return {
    port,
    pid,
    adopted,
    ownerUrl: url(OWNER_LOGIN, passwords.owner),
    webUrl: url(WEB_LOGIN, passwords.web),
    superUrl: url(SUPERUSER, passwords.superuser),
    isAlive: () => isPostgres(pid),
    lastWords: () => tailOf(logOf(commands)),
    stop: () => void commands.run(commands.pgCtl, ['-D', commands.dataFolder, '-m', 'fast', '-w', '-t', '30', 'stop']),
  }
}

/** Makes a database that `mingdan_owner` owns, unless it exists. Answers whether it was made now. */
export async function ensureDatabase(cluster: Cluster, name: string): Promise<boolean> {
  return asSuperuser(cluster, 'postgres', async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return false
    await client.query(`create database ${pg.escapeIdentifier(name)} owner ${OWNER_LOGIN}`)
    return true
  })
}

/** Runs statements as the cluster's superuser, on a connection of their own. */
export async function asSuperuser<T>(cluster: Cluster, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: cluster.superUrl(database) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The two logins, made here and not by a migration: a migration must not know passwords. */
async function ensureLogins(cluster: Cluster, passwords: Passwords): Promise<void> {
  await asSuperuser(cluster, 'postgres', async (client) => {
    await client.query('select pg_advisory_lock(4907234)')
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
    const names = new Set(rows.map((row) => row.rolname))
    const roles = ['mingdan_app', 'mingdan_ledger', 'mingdan_reader']
    if (!names.has(OWNER_LOGIN)) {
      await client.query(`create role ${OWNER_LOGIN} login createdb createrole password ${pg.escapeLiteral(passwords.owner)}`)
    }
    for (const role of roles.filter((role) => !names.has(role))) await client.query(`create role ${role} nologin`)
    if (!names.has(WEB_LOGIN)) {
      await client.query(`create role ${WEB_LOGIN} login noinherit password ${pg.escapeLiteral(passwords.web)}`)
      await client.query(`grant ${roles.join(', ')} to ${WEB_LOGIN}`)
      await client.query(`grant ${roles.join(', ')} to ${OWNER_LOGIN} with admin option`)
    }
  })
}

function passwordsIn(home: string): Passwords {
  const file = path.join(home, PASSWORDS)
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')) as Passwords
  const secret = () => randomBytes(24).toString('base64url')
  const passwords = { superuser: secret(), owner: secret(), web: secret() }
  fs.writeFileSync(file, JSON.stringify(passwords), { mode: 0o600 })
  return passwords
}

/**
 * `initdb` into a folder beside, then a rename: a killed start leaves no half-made cluster.
 * ICU with the builtin C.UTF-8 classes, because under plain C pg_trgm takes no Chinese character for a letter.
 */
function initialise(commands: Commands, passwords: Passwords): void {
  const making = `${commands.dataFolder}.making`
  const passwordFile = `${commands.dataFolder}.password`
  fs.rmSync(making, { recursive: true, force: true })
  fs.mkdirSync(making, { recursive: true, mode: 0o700 })
  fs.writeFileSync(passwordFile, passwords.superuser, { mode: 0o600 })
  commands.handOver(making)
  commands.handOver(passwordFile)
  const made = commands.run(commands.initdb, [
    ...['-D', making, '-U', SUPERUSER, '-E', 'UTF8', '--no-sync', '--no-instructions'],
    ...['--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--locale=C.UTF-8'],
    ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
  ])
  fs.rmSync(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`PostgreSQL could not make its cluster in ${making}: ${made.output}`)
  fs.renameSync(making, commands.dataFolder)
}

/** The postmaster of a folder, unless its pid file is stale: a zombie and somebody else's process count as gone. */
function runningIn(data: string): Running | null {
  const pidFile = path.join(data, 'postmaster.pid')
  if (!fs.existsSync(pidFile)) return null
  const [pid, , , port] = fs.readFileSync(pidFile, 'utf8').split('\n').map(Number)
  if (pid && port && isPostgres(pid)) return { pid, port }
  fs.rmSync(pidFile, { force: true })
  return null
}

function isPostgres(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.includes('(postgres)') && !/\) [ZX]/.test(stat)
  } catch {
    return false
  }
}

function startIn(commands: Commands, port: number, settings: Record<string, string>): void {
  const options = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const words = Object.entries(options).map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`)
  const started = commands.run(commands.pgCtl, ['-D', commands.dataFolder, '-l', logOf(commands), '-w', '-t', '60', '-o', `-p ${port} ${words.join(' ')}`, 'start'])
  if (started.status !== 0) throw new Error(`PostgreSQL did not start. The end of ${logOf(commands)}:\n${tailOf(logOf(commands))}\n${started.output}`)
}

function logOf({ dataFolder }: Commands): string {
  return path.join(dataFolder, 'server.log')
}

function tailOf(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').slice(-1500) : ''
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
