import { mkdirSync, readFileSync, renameSync, existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Frontier } from '#app/domain/ledger/frontier.ts'
import { parseCheckpoint, readNote } from '#app/domain/ledger/note.ts'
import { readEntryBundle, TILE_WIDTH, tileAt, tilePath } from '#app/domain/ledger/tile.ts'
import type { WitnessStore } from './store.ts'

/**
 * Keeps every entry that the store's checkpoint covers, and the long facts they name, under the names of C2SP tiles: from
 * such a folder a restored backup gets back what came after it. Nothing counts until the entries give the checkpoint's root.
 *
 * @returns how many entries are kept now
 * @throws an Error when the site's entries do not give the root that it signed
 */
export async function mirror(site: string, store: WitnessStore, fetchBytes: (url: string) => Promise<Buffer>): Promise<number> {
  const note = store.latest()
  if (note === undefined) return 0
  const { size, root } = parseCheckpoint(readNote(note).text)
  const frontier = new Frontier()
  const fresh: { file: string; bytes: Buffer }[] = []
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const name = `tile/${tilePath(tileAt('entries', index, size)!)}`
    const file = path.join(store.folder, name)
    const bytes = existsSync(file) ? readFileSync(file) : await fetchBytes(`${site}/ledger/${name}`)
    if (!existsSync(file)) fresh.push({ file, bytes })
    for (const entry of readEntryBundle(bytes)) frontier.push(entry.toString('utf8'))
  }
  if (frontier.size !== size || !frontier.root().equals(root)) throw new Error(`The entries that ${site} serves do not give the root over ${size} entries that it signed.`)
  for (const { file, bytes } of fresh) {
    write(file, bytes)
    for (const entry of readEntryBundle(bytes)) await keepPayload(site, store, entry, fetchBytes)
  }
  return size
}

async function keepPayload(site: string, { folder }: WitnessStore, entry: Buffer, fetchBytes: (url: string) => Promise<Buffer>): Promise<void> {
  const { payload } = JSON.parse(entry.toString('utf8')) as { payload?: unknown }
  if (typeof payload !== 'string' || !/^[0-9a-f]{64}$/.test(payload)) return
  const file = path.join(folder, 'payload', payload)
  if (!existsSync(file)) write(file, await fetchBytes(`${site}/ledger/payload/${payload}`))
}

function write(file: string, bytes: Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, bytes, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
