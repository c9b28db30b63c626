import { createHash } from 'node:crypto'

/**
 * RFC 3797, 4.2: the key made of public numbers. Within a source they are sorted, each is followed by a full stop,
 * and a stroke closes the source.
 */
export function rfc3797Key(sources: readonly (readonly (number | bigint | string)[])[]): string {
  return sources
    .map((source) => {
      const numbers = source.map((number) => BigInt(number)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      return `${numbers.map((number) => `${number}.`).join('')}/`
    })
    .join('')
}

export type Rfc3797Step = { md5: string; divisor: number; selected: number }

/**
 * RFC 3797, 4.1: draws `count` members of a pool of `size`, exactly as published, MD5 included, so that draws
 * announced under that RFC can be checked here.
 *
 * @returns one step a draw; `selected` counts from 1, as in the RFC's worked example
 */
export function rfc3797Order(key: string, size: number, count: number): Rfc3797Step[] {
  if (count > size || size > 0xffff) throw new RangeError(`${count} cannot be drawn from ${size}.`)
  const remaining = Array.from({ length: size }, (_, member) => member + 1)
  return Array.from({ length: count }, (_, round) => {
    const mark = Uint8Array.of(round >> 8, round & 0xff)
    const md5 = createHash('md5').update(mark).update(key).update(mark).digest('hex')
    const divisor = remaining.length
    const [selected] = remaining.splice(Number(BigInt(`0x${md5}`) % BigInt(divisor)), 1)
    return { md5: md5.toUpperCase(), divisor, selected: selected! }
  })
}
