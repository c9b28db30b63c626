import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consistencyNodes, consistencyProof, leafHash, nodesOf, rootFromNodes, verifyConsistency } from '#app/domain/ledger/merkle.ts'
import { nodesFromTiles } from '#app/domain/ledger/tile-nodes.ts'
import { entryBundle, parseTilePath, readEntryBundle, TILE_LEVELS, TILE_WIDTH, tileAt, tileBytes, tilePath } from '#app/domain/ledger/tile.ts'
import { sharedData } from '#tests/support/shared-data.ts'

type Layout = { tree_size: number; full_level0?: number; partial_level0_width?: number; full_level1?: number; partial_level1_width?: number; partial_level2_width?: number }
const published = sharedData<{ tile_layout: Layout[]; tile_index_path: Record<string, string> }>('c2sp-notes/examples.json')

test.skipIf(!published)('tiles lie as the specification’s examples say', () => {
  for (const layout of published!.tile_layout) {
    const widthOf = (level: number, index: number) => tileAt(level, index, layout.tree_size)?.width
    for (let index = 0; index < (layout.full_level0 ?? 0); index++) expect(widthOf(0, index)).toBe(256)
    expect(widthOf(0, layout.full_level0 ?? 0)).toBe(layout.partial_level0_width)
    expect(widthOf(1, layout.full_level1 ?? 0)).toBe(layout.partial_level1_width)
    expect(widthOf(2, 0)).toBe(layout.partial_level2_width)
  }
  for (const [index, path] of Object.entries(published!.tile_index_path)) expect(tilePath({ level: 0, index: Number(index), width: 256 })).toBe(`0/${path}`)
})

test('every tile has one spelling, which reads back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant('entries' as const), fc.nat(63)), fc.nat(1e9), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
      expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })
    }),
  )
})

test.each(['0/000.p/256', '0/000.p/0', '0/000.p/012', '64/000', '00/000', '0/x000/001', '0/1', '0/x001', '0/x001/67', '0%2F000', '0/000/', 'entries', '', '-1/000', '0/000.p/', '0/x001/x067'])('%j is no tile', (path) => {
  expect(parseTilePath(path)).toBeUndefined()
})

test('a bundle gives back its entries, and one cut short does not', () => {
  const entries = ['', '{"明":1}', 'x'.repeat(16384)]
  const bundle = entryBundle(entries)
  expect(readEntryBundle(bundle).map(String)).toEqual(entries)
  expect(() => readEntryBundle(bundle.subarray(0, -1))).toThrow(RangeError)
})

test('a reader who has only tiles proves that a log continues', async () => {
  const leaves = Array.from({ length: 70_000 }, (_, n) => leafHash(Buffer.from(String(n))))
  const nodeAt = nodesOf(leaves)
  for (const [size1, size2] of [[1, 2], [255, 256], [256, 70_000], [300, 301], [65_535, 65_537], [69_999, 70_000]] as const) {
    const asked: string[] = []
    const found = await nodesFromTiles(consistencyNodes(size1, size2), size2, async (tile) => {
      asked.push(tilePath(tile))
      const level = Number(tile.level) * TILE_LEVELS
      return tileBytes(Array.from({ length: tile.width }, (_, n) => nodeAt(level, tile.index * TILE_WIDTH + n)))
    })
    expect(verifyConsistency(size1, size2, consistencyProof(size1, size2, found), rootFromNodes(size1, nodeAt), rootFromNodes(size2, nodeAt))).toBe(true)
    expect(asked.length).toBeLessThanOrEqual(6)
  }
})
