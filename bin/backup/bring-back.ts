import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, copyFileSync } from 'node:fs'
import path from 'node:path'
import { createGunzip } from 'node:zlib'
import type { Knex } from 'knex'
import type { Config } from '#app/config.server.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { continueRestored } from '#app/domain/ledger/continue-restored.server.ts'
import type { LedgerEntry } from '#app/domain/ledger/entry.ts'
import { keepCheckpoint } from '#app/domain/ledger/kept-checkpoint.server.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { makeKeyringFile, parseKeyring } from '#app/domain/ledger/keyring.server.ts'
import { traceIdOf } from '#app/http/trace.ts'
import { connect, databaseClock } from '#db/client.ts'
import { loadRows, setSequences, withoutGuards } from '#db/dump/rows.ts'
import { listTables } from '#db/dump/shape.ts'
import { knownMigrations, migrate } from '#db/migrate.ts'
import { endAllSessions } from '#db/repositories/restored-entries.ts'
import { prepareDatabase } from '../prepare-database.ts'
import type { Later } from './later.ts'
import { KEPT, partOfTable, type Manifest } from './manifest.ts'

type Say = (line: string) => void
type Asked = { config: Config; folder: string; manifest: Manifest; keyring: Keyring; keyringText: string; later: Later; say: Say }

/** What a restore would take away from a database, in words; empty where there is nothing to lose. */
export async function whatIsThere(db: Knex): Promise<string[]> {
  const there: string[] = []
  for (const [table, called] of [['ledger_entries', 'ledger entries'], ['accounts', 'accounts'], ['organisations', 'organisations'], ['tenders', 'tenders']] as const) {
    const { rows: [exists] } = await db.raw<{ rows: [{ is: boolean }] }>(`select to_regclass(?) is not null as is`, [`public.${table}`])
    if (!exists.is) continue
    const [row] = await db(table).count<{ n: number }[]>({ n: '*' })
    if (row!.n) there.push(`${row!.n} ${called}`)
  }
  return there
}

/** @throws an Error while a web or a worker is at the database: what they write now would be lost. */
export async function mustBeAlone(db: Knex): Promise<void> {
  const { rows } = await db.raw<{ rows: { name: string }[] }>(
    `select distinct application_name as name from pg_stat_activity where datname = current_database() and application_name in ('mingdan-app', 'mingdan-ledger')`,
  )
  if (rows.length) throw new Error('A web or a worker is still at this database. Stop them first.')
}

/**
 * Fills an empty database, or what is left of one, from a checked backup, in its own version's tables, then lets the ledger go on and
 * migrates to this version. The rows, the ledger and the ended sessions are one transaction.
 *
 * @returns what others had kept of the ledger, and the checkpoint to keep once this database is the marketplace's
 */
export async function bringBack({ config, folder, manifest, keyring, keyringText, later, say }: Asked): Promise<{ brought: LedgerEntry[]; checkpoint: Parameters<typeof keepCheckpoint>[1] }> {
  const unknown = manifest.migrations.filter((name) => !knownMigrations().includes(name))
  if (unknown.length) throw new Error(`This backup was taken by a newer version (${manifest.version}): ${unknown.join(', ')} is not known here. Restore it with that version.`)
  const db = connect(config.databaseOwnerUrl, 'owner', { most: 2 })
  try {
    await db.raw('drop schema if exists public cascade')
    await db.raw('create schema public')
    await migrate(config.databaseOwnerUrl, manifest.migrations)
    bringFiles(folder, manifest, config, say)
    if (!existsSync(config.keyring)) makeKeyringFile(config.keyring, parseKeyring(keyringText, config.keyring))
    const { checkpoint, brought } = await db.transaction(async (trx) => {
      await load(trx, folder, manifest, say)
      const context = { actor: SYSTEM, keyring, clock: databaseClock, traceId: traceIdOf(undefined) }
      const continued = await continueRestored(trx, context, { ...later, takenAt: manifest.takenAt })
      await endAllSessions(trx, await databaseClock.read(trx))
      return continued
    })
    await prepareDatabase(config)
    await db.raw('analyze')
    return { brought, checkpoint }
  } finally {
    await db.destroy()
  }
}

/** From then on the log can only go on from here; said when the database stands under its name, never before. */
export function keepRestored({ dataDir }: Config, checkpoint: Parameters<typeof keepCheckpoint>[1]): void {
  if (checkpoint.size) keepCheckpoint(path.join(dataDir, KEPT), checkpoint)
}

async function load(trx: Knex.Transaction, folder: string, manifest: Manifest, say: Say): Promise<void> {
  const { tables } = manifest
  const there = await listTables(trx)
  const shapes = (given: readonly { name: string; columns: string[] }[]) => given.map(({ name, columns }) => `${name}(${columns.join(',')})`).sort().join(' ')
  if (shapes(there) !== shapes(tables)) throw new Error('The tables that these migrations make are not those of the backup.')
  await withoutGuards(trx, tables, async () => {
    for (const table of tables) {
      const count = await loadRows(trx, table, batchesOf(path.join(folder, partOfTable(table.name))))
      if (count !== table.rows) throw new Error(`${table.name} has ${count} rows in this backup, and the manifest says ${table.rows}.`)
      if (count) say(`database  ${table.name}  ${count} rows`)
    }
    await setSequences(trx, manifest.sequences)
  })
}

const AT_ONCE = 200

/** Lines are cut at line feeds alone: a text may hold other signs that some readers take for the end of a line. */
async function* batchesOf(file: string): AsyncGenerator<string[]> {
  let rest = ''
  let batch: string[] = []
  const text = createReadStream(file).pipe(createGunzip()).setEncoding('utf8') as AsyncIterable<string>
  for await (const piece of text) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      batch.push(JSON.parse(line) as string)
      if (batch.length === AT_ONCE) {
        yield batch
        batch = []
      }
    }
  }
  if (batch.length) yield batch
}

function bringFiles(folder: string, manifest: Manifest, { dataDir }: Config, say: Say): void {
  const files = manifest.parts.filter((part) => part.path.startsWith('files/'))
  for (const { path: name } of files) {
    const target = path.join(dataDir, name)
    if (existsSync(target)) continue
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 })
    copyFileSync(path.join(folder, name), `${target}.restoring`)
    renameSync(`${target}.restoring`, target)
  }
  say(`files  ${files.length}`)
}

/** @throws an Error when the data folder holds another marketplace's keyring: it is never overwritten. */
export function mustFitKeyring(file: string, keyringText: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') !== keyringText) throw new Error(`${file} is another keyring than the backup's. Move it away, or give another DATA_DIR; it is never overwritten.`)
}
