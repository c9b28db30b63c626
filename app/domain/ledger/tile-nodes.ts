import type { NodeAt, NodeName } from './merkle.ts'
import { nodeHash } from './merkle.ts'
import { TILE_LEVELS, TILE_WIDTH, tileAt, tilePath, type Tile } from './tile.ts'

const HASH_BYTES = 32

/**
 * Gathers subtrees of a log that is only known by its tiles.
 *
 * @param size the size of the tree whose tiles are asked for
 * @param fetchTile reads the bytes of one tile, e.g. over HTTP
 * @throws when a tile has not the width that the size says
 */
export async function nodesFromTiles(names: readonly NodeName[], size: number, fetchTile: (tile: Tile) => Promise<Uint8Array>): Promise<NodeAt> {
  const wanted = new Map<string, Tile>()
  for (const name of names) {
    const tile = tileOf(name, size)
    wanted.set(tilePath(tile), tile)
  }
  const tiles = new Map<string, Uint8Array>()
  for (const [path, tile] of wanted) {
    const bytes = await fetchTile(tile)
    if (bytes.length !== tile.width * HASH_BYTES) throw new Error(`The tile ${path} has ${bytes.length} bytes, not ${tile.width * HASH_BYTES}.`)
    tiles.set(path, bytes)
  }
  return (level, index) => {
    const bytes = tiles.get(tilePath(tileOf({ level, index }, size)))
    if (!bytes) throw new Error(`The node ${level}/${index} was not asked for.`)
    return subtreeRoot(bytes, ...spanOf({ level, index }))
  }
}

/** Which hashes of its tile a node is made of. */
function spanOf({ level, index }: NodeName): [from: number, count: number] {
  const count = 2 ** (level % TILE_LEVELS)
  return [(index * count) % TILE_WIDTH, count]
}

function tileOf({ level, index }: NodeName, size: number): Tile {
  const row = Math.floor(level / TILE_LEVELS)
  const tile = tileAt(row, Math.floor((index * 2 ** (level % TILE_LEVELS)) / TILE_WIDTH), size)
  if (!tile) throw new RangeError(`A tree of ${size} has no node ${level}/${index}.`)
  return tile
}

function subtreeRoot(tile: Uint8Array, from: number, count: number): Uint8Array {
  if (count === 1) return tile.subarray(from * HASH_BYTES, (from + 1) * HASH_BYTES)
  return nodeHash(subtreeRoot(tile, from, count / 2), subtreeRoot(tile, from + count / 2, count / 2))
}
