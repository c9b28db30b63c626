import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export type ZipEntry = { name: string; content: AsyncIterable<string> | Iterable<string> }

const [LOCAL, DESCRIPTOR, ENTRY, END] = [0x04034b50, 0x08074b50, 0x02014b50, 0x06054b50]
/** Sizes follow the bytes, and names are UTF-8. */
const FLAGS = 0x0808
const [VERSION, DEFLATED] = [20, 8]
/** The first day that a zip can name, since nothing here has an age. */
const FIRST_DAY = 0x0021

/** A zip made while it is sent: nothing of it is held but the list of its entries. Below four gigabytes, which no register reaches. */
export async function* zipOf(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const listed: Buffer[] = []
  let offset = 0
  for (const { name, content } of entries) {
    const path = Buffer.from(name)
    const head = fields([4, LOCAL], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, FIRST_DAY], [4, 0], [4, 0], [4, 0], [2, path.length], [2, 0])
    yield Buffer.concat([head, path])
    let [crc, packed, size] = [0, 0, 0]
    const deflate = createDeflateRaw()
    const measured = async function* () {
      for await (const text of content) {
        const bytes = Buffer.from(text)
        crc = crc32(bytes, crc)
        size += bytes.length
        yield bytes
      }
    }
    // A source that breaks destroys the deflating stream with its error, and whoever goes away ends the source.
    pipeline(Readable.from(measured()), deflate, () => {})
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      packed += chunk.length
      yield chunk
    }
    yield fields([4, DESCRIPTOR], [4, crc], [4, packed], [4, size])
    listed.push(Buffer.concat([fields([4, ENTRY], [2, VERSION], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, FIRST_DAY], [4, crc], [4, packed], [4, size], [2, path.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), path]))
    offset += head.length + path.length + packed + 16
  }
  const directory = Buffer.concat(listed)
  yield Buffer.concat([directory, fields([4, END], [2, 0], [2, 0], [2, listed.length], [2, listed.length], [4, directory.length], [4, offset], [2, 0])])
}

function fields(...given: (readonly [2 | 4, number])[]): Buffer {
  const bytes = Buffer.alloc(given.reduce((sum, [width]) => sum + width, 0))
  let at = 0
  for (const [width, value] of given) at = width === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at)
  return bytes
}
