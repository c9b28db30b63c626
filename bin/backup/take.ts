import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { VERSION, type Config } from '#app/config.server.ts'
import { parseKeyring } from '#app/domain/ledger/keyring.server.ts'
import { rowsOf } from '#db/dump/rows.ts'
import { readShape } from '#db/dump/shape.ts'
import { KEPT, KEYRING, listBackups, MANIFEST, nameOfBackup, partOfTable, SEAL, type Manifest, type Part } from './manifest.ts'
import { lockKeyring, sealManifest, type Lock } from './passphrase.ts'

type Say = (line: string) => void
const FILE_NAME = /^[0-9a-f]{64}$/

/**
 * Takes one backup: the database in one snapshot, then the files, of which those that its rows name stay, then the locked keyring.
 *
 * @param to the folder that holds all backups; this one gets a folder of its own, which bears its name only when it is whole
 * @returns the backup's folder
 */
export async function takeBackup({ config, lock, to, say, now }: { config: Config; lock: Lock; to: string; say: Say; now: Date }): Promise<string> {
  const keyringText = readFileSync(config.keyring, 'utf8')
  const { origin } = parseKeyring(keyringText, config.keyring)
  const folder = path.join(to, nameOfBackup(now))
  const making = `${folder}.making`
  mkdirSync(path.join(making, 'database'), { recursive: true, mode: 0o700 })
  const parts: Part[] = []
  const keep = async (name: string, source: Readable, gzip = false) => void parts.push(await writePart(making, name, source, gzip))
  try {
    const taken = await dumpDatabase(config.databaseOwnerUrl, keep, say)
    await copyFiles(path.join(config.dataDir, 'files'), keep, say)
    await keep(KEYRING, Readable.from([lockKeyring(lock, keyringText)]))
    say('keyring  locked with the passphrase')
    const kept = path.join(config.dataDir, KEPT)
    if (existsSync(kept)) await keep(KEPT, Readable.from([readFileSync(kept)]))
    const manifest: Manifest = { format: 'mingdan-backup/v1', takenAt: now.toISOString(), version: VERSION, origin, ...taken, parts }
    const text = `${JSON.stringify(manifest, null, 2)}\n`
    writeFileSync(path.join(making, MANIFEST), text, { mode: 0o600, flush: true })
    writeFileSync(path.join(making, SEAL), sealManifest(lock, text), { mode: 0o600, flush: true })
    renameSync(making, folder)
    return folder
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
}

/** Removes all but the newest `keep` whole backups; anything else in the folder is left alone. */
export function dropOldBackups(to: string, keep: number, say: Say): void {
  for (const folder of listBackups(to).slice(0, -keep)) {
    rmSync(folder, { recursive: true })
    say(`removed  ${folder}`)
  }
}

type Keep = (name: string, source: Readable, gzip?: boolean) => Promise<void>

/** One transaction that sees one instant, while web and worker go on writing. */
async function dumpDatabase(url: string, keep: Keep, say: Say): Promise<Pick<Manifest, 'postgres' | 'migrations' | 'tables' | 'sequences' | 'ledger'>> {
  const client = new pg.Client({ connectionString: url, application_name: 'mingdan-backup', options: '-c statement_timeout=0 -c timezone=UTC -c intervalstyle=postgres -c datestyle=ISO -c extra_float_digits=1' })
  await client.connect()
  try {
    await client.query('begin transaction isolation level repeatable read, read only')
    const shape = await readShape(client)
    const ledger = await readLedger(client)
    const tables: Manifest['tables'] = []
    for (const table of shape.tables) {
      let rows = 0
      const lines = async function* () {
        for await (const batch of rowsOf(client, table)) {
          rows += batch.length
          yield batch.map((row) => `${JSON.stringify(row)}\n`).join('')
        }
      }
      await keep(partOfTable(table.name), Readable.from(lines()), true)
      tables.push({ ...table, rows })
      if (rows) say(`database  ${table.name}  ${rows} rows`)
    }
    await client.query('commit')
    return { ...shape, tables, ledger }
  } finally {
    await client.end()
  }
}

async function readLedger(client: pg.Client): Promise<Manifest['ledger']> {
  const { rows: [row] } = await client.query<{ size: number | null; root: Buffer | null; waiting: number }>(
    `select latest.size, latest.root, (select cast(count(*) as int) from ledger_pending) as waiting
       from (select 1) as one left join lateral (select size, root from ledger_checkpoints order by size desc, signed_at desc limit 1) as latest on true`,
  )
  return { size: Number(row!.size ?? 0), root: row!.root?.toString('hex') ?? null, waiting: row!.waiting }
}

/** Files bear the hash of their bytes and never change; one that does not bear it is damaged, and a backup must say so. */
async function copyFiles(folder: string, keep: Keep, say: Say): Promise<void> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.basename(name)).filter((name) => FILE_NAME.test(name)).sort() : []
  for (const name of names) {
    const file = path.join(folder, name.slice(0, 2), name)
    // One that nothing named may have been swept since the folder was read.
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) await keep(`files/${name.slice(0, 2)}/${name}`, createReadStream(file))
  }
  say(`files  ${names.length}`)
}

async function writePart(folder: string, name: string, source: Readable, gzip: boolean): Promise<Part> {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const target = createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true })
  await (gzip ? pipeline(source, createGzip(), measure, target) : pipeline(source, measure, target))
  const sha256 = hash.digest('hex')
  if (name.startsWith('files/') && path.basename(name) !== sha256) throw new Error(`The file ${path.basename(name)} in the data folder is damaged: its bytes have the hash ${sha256}. Bring it back from an older backup, then back up again.`)
  return { path: name, bytes, sha256 }
}
