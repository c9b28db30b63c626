import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { isBoundedZip } from '#app/http/zip-bounds.server.ts'

/** A zip of one entry that states a size of its own choosing. */
function zipOf(content: Buffer, { stated = content.length, method = 8 } = {}): Buffer {
  const packed = method === 8 ? deflateRawSync(content) : content
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(method, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(stated, 24)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(local.length + packed.length, 16)
  return Buffer.concat([local, packed, entry, end])
}

test('a workbook may be unpacked', async () => {
  expect(isBoundedZip(await writeWorkbook([{ sheet: 'a', data: [[{ value: '䶮', type: String }]] }]).toBuffer())).toBe(true)
  expect(isBoundedZip(zipOf(Buffer.from('a')))).toBe(true)
})

test('kilobytes that unfold to more than the bound are turned away, whatever size they state', () => {
  const bomb = zipOf(Buffer.alloc(40 * 1024 * 1024), { stated: 100 })
  expect(bomb.length).toBeLessThan(100_000)
  expect(isBoundedZip(bomb)).toBe(false)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no directory', Buffer.from('PK\u0003\u0004', 'latin1')],
  ['a method that nobody uses', zipOf(Buffer.from('a'), { method: 99 })],
  ['cut off', zipOf(Buffer.from('a'.repeat(100))).subarray(0, 40)],
  ['a directory that points nowhere', Buffer.concat([zipOf(Buffer.from('a')).subarray(0, -6), Buffer.from([255, 255, 255, 255, 0, 0])])],
])('a zip with %s is turned away', (_what, bytes) => {
  expect(isBoundedZip(bytes)).toBe(false)
})
