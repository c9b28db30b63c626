import { inflateRawSync } from 'node:zlib'

/** What a workbook may hold when it is unpacked. A register of a thousand agencies has some hundred kilobytes. */
const MOST_UNPACKED = 30 * 1024 * 1024
const MOST_ENTRIES = 200
const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50]
const LONGEST_COMMENT = 65_557

/**
 * Is a zip small enough to be unpacked? The sizes that it states are not believed: each entry is inflated up to the bound,
 * so that a few kilobytes that unfold to gigabytes are turned away.
 */
export function isBoundedZip(bytes: Buffer): boolean {
  try {
    let left = MOST_UNPACKED
    for (const { method, packed } of entriesOf(bytes)) {
      // Zero is stored, eight is deflated; nothing that writes workbooks uses another method.
      if (method !== 0 && method !== 8) return false
      left -= method === 0 ? packed.length : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length
      if (left < 0) return false
    }
    return true
  } catch {
    return false
  }
}

function* entriesOf(bytes: Buffer): Generator<{ method: number; packed: Buffer }> {
  let end = bytes.length - 22
  while (end >= 0 && end > bytes.length - LONGEST_COMMENT && bytes.readUInt32LE(end) !== END) end--
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new RangeError('No end.')
  const count = bytes.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) throw new RangeError('Too many entries.')
  let at = bytes.readUInt32LE(end + 16)
  for (let entry = 0; entry < count; entry++) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new RangeError('No entry.')
    const [method, size, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)]
    if (bytes.readUInt32LE(local) !== LOCAL) throw new RangeError('No local header.')
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    if (start + size > bytes.length) throw new RangeError('Cut short.')
    yield { method, packed: bytes.subarray(start, start + size) }
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
}
