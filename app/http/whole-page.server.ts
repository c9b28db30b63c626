import { Writable } from 'node:stream'

/**
 * Collects a page that React renders into one body.
 *
 * React 18 fills views of 2 KiB. Where a character of several bytes does not fit the end of one, it sends the view
 * whole, and the bytes it left out are zero: a NUL in Chinese text or in an attribute, seldom and anywhere. No page
 * of ours has a NUL, so each chunk is cut where its zeros begin.
 */
export function wholePage(done: (body: Buffer<ArrayBuffer>) => void): Writable {
  const chunks: Buffer[] = []
  return new Writable({
    write(chunk: Buffer, _encoding, next) {
      let end = chunk.length
      while (end > 0 && chunk[end - 1] === 0) end--
      chunks.push(chunk.subarray(0, end))
      next()
    },
    final(next) {
      done(Buffer.concat(chunks))
      next()
    },
  })
}
