/** C2SP tlog-tiles: 256 hashes a tile, each level of tiles spans eight levels of the tree. */
export const TILE_WIDTH = 256
export const TILE_LEVELS = 8

/** `entries` holds the entries themselves, a number is a level of hashes. A tile narrower than 256 is partial. */
export type Tile = { level: number | 'entries'; index: number; width: number }

const TILE_PATH = /^(?<level>\d|[1-5]\d|6[0-3]|entries)\/(?<index>(?:x\d{3}\/)*\d{3})(?:\.p\/(?<width>[1-9]\d{0,2}))?$/

/** Reads what follows `/ledger/tile/`. Only the one canonical spelling of a tile is known; anything else is undefined. */
export function parseTilePath(path: string): Tile | undefined {
  const groups = TILE_PATH.exec(path)?.groups
  if (!groups) return undefined
  const level = groups.level === 'entries' ? 'entries' : Number(groups.level)
  const index = Number(groups.index!.replace(/[x/]/g, ''))
  const width = groups.width === undefined ? TILE_WIDTH : Number(groups.width)
  if (!Number.isSafeInteger(index) || (groups.width !== undefined && width >= TILE_WIDTH)) return undefined
  const tile = { level, index, width } as const
  return tilePath(tile) === path ? tile : undefined
}

/** C2SP tlog-tiles: the index in groups of three digits, all but the last behind an `x`, and `.p/<width>` where the tile is partial. */
export function tilePath({ level, index, width }: Tile): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `${level}/${groups.join('/')}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

/** The tile in which a tree of `size` keeps this hash or entry, as wide as it is then; undefined where there is none yet. */
export function tileAt(level: number | 'entries', index: number, size: number): Tile | undefined {
  const there = level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level)
  const width = Math.min(TILE_WIDTH, there - index * TILE_WIDTH)
  return width > 0 ? { level, index, width } : undefined
}

/** Hashes of 32 bytes, left to right, with nothing between them. */
export function tileBytes(hashes: readonly Uint8Array[]): Buffer {
  return Buffer.concat(hashes)
}

/** Entries one after the other, each behind its length in 16 bits. */
export function entryBundle(entries: readonly string[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const bytes = Buffer.from(entry)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(bytes.length)
      return [length, bytes]
    }),
  )
}

/** The entries of {@link entryBundle} in their order, as views of the same bytes. Throws a RangeError where it was cut off. */
export function readEntryBundle(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = []
  for (let at = 0; at < bundle.length; ) {
    const end = at + 2 <= bundle.length ? at + 2 + bundle.readUInt16BE(at) : Infinity
    if (end > bundle.length) throw new RangeError('The entry bundle ends in the middle of an entry.')
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}
