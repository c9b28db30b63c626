import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { logOrigin, type Keyring } from '#app/domain/ledger/keyring.ts'
import { parseCheckpoint, parseVkey, readNote, signersOf, type Checkpoint } from '#app/domain/ledger/note.ts'
import { logVkeys } from '#app/domain/ledger/published-keys.ts'
import { readEntryBundle, TILE_WIDTH, tileAt, tilePath } from '#app/domain/ledger/tile.ts'

/** Somebody who kept what this log gave out: a witness's folder, or an address that serves the ledger, e.g. `https://mingdan.example/ledger`. */
export type LedgerStore = { where: string; checkpoint: Checkpoint | null; read: (name: string) => Promise<Buffer | null> }

/**
 * Opens a store and reads its checkpoint.
 *
 * @throws an Error when the checkpoint is of another log, or no key of our keyring signed it
 */
export async function openLedgerStore(where: string, keyring: Keyring): Promise<LedgerStore> {
  const read = /^https?:/.test(where) ? (name: string) => fetchOf(`${where.replace(/\/$/, '')}/${name}`) : (name: string) => Promise.resolve(fileOf(path.join(where, name)))
  const text = await read('checkpoint')
  if (!text) return { where, checkpoint: null, read }
  const note = readNote(text.toString('utf8'))
  const checkpoint = parseCheckpoint(note.text)
  if (checkpoint.origin !== logOrigin(keyring)) throw new Error(`${where} keeps the log ${checkpoint.origin}, and this backup is of ${logOrigin(keyring)}.`)
  if (signersOf(note, logVkeys(keyring).map(parseVkey)).length === 0) throw new Error(`The checkpoint of ${where} is not signed by a key of this backup's keyring.`)
  return { where, checkpoint, read }
}

/** The entries from one place on, as far as the store has given its checkpoint for, or null where it keeps none. */
export async function entriesFrom({ checkpoint, read }: LedgerStore, from: number): Promise<string[] | null> {
  const bodies: string[] = []
  const size = checkpoint?.size ?? 0
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < size; index++) {
    const tile = tileAt('entries', index, size)!
    const bundle = await read(`tile/${tilePath(tile)}`)
    if (!bundle) return null
    const entries = readEntryBundle(bundle)
    if (entries.length !== tile.width) throw new Error(`The bundle ${tilePath(tile)} has ${entries.length} entries, not ${tile.width}.`)
    bodies.push(...entries.slice(Math.max(0, from - index * TILE_WIDTH)).map((entry) => entry.toString('utf8')))
  }
  return bodies
}

/** The long facts that entries name, as far as the store has them; the entries' proofs do not need them. */
export async function payloadsOf({ read }: LedgerStore, bodies: readonly string[]): Promise<string[]> {
  const named = bodies.flatMap((body) => (JSON.parse(body) as { payload?: string }).payload ?? [])
  const found = await Promise.all(named.map((hash) => read(`payload/${hash}`)))
  return found.flatMap((payload) => payload?.toString('utf8') ?? [])
}

function fileOf(file: string): Buffer | null {
  return existsSync(file) ? readFileSync(file) : null
}

async function fetchOf(url: string): Promise<Buffer | null> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return Buffer.from(await response.arrayBuffer())
}
