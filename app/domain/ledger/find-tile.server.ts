import type { Context } from '#app/domain/context.ts'
import { findLatestCheckpoint, listLeafBodies, listNodes } from '#db/repositories/ledger-tree.ts'
import { findPayload as findPayloadBody } from '#db/views/ledger-entries.ts'
import { entryBundle, parseTilePath, TILE_LEVELS, TILE_WIDTH, tileAt, tileBytes } from './tile.ts'

/** The latest signed checkpoint, as it is served; undefined before the first entry. */
export async function findCheckpoint({ db }: Pick<Context, 'db'>): Promise<string | undefined> {
  return (await findLatestCheckpoint(db))?.note
}

/** The bytes of a tile that the signed tree has; undefined for anything else, a wrong spelling included. */
export async function findTile({ db }: Pick<Context, 'db'>, { path }: { path: string }): Promise<{ bytes: Buffer; full: boolean } | undefined> {
  const tile = parseTilePath(path)
  const { level, index, width } = tile ?? { level: 0, index: 0, width: Infinity }
  const there = tile && tileAt(level, index, (await findLatestCheckpoint(db))?.size ?? 0)
  if (!there || width > there.width) return undefined
  const full = width === TILE_WIDTH
  if (level === 'entries') return { bytes: entryBundle(await listLeafBodies(db, index * TILE_WIDTH, width)), full }
  return { bytes: tileBytes(await listNodes(db, level * TILE_LEVELS, index * TILE_WIDTH, width)), full }
}

/** Long facts by the hash that an entry names. */
export async function findPayload({ db }: Pick<Context, 'db'>, { hash }: { hash: string }): Promise<string | undefined> {
  return /^[0-9a-f]{64}$/.test(hash) ? findPayloadBody(db, Buffer.from(hash, 'hex')) : undefined
}
