import { md5 } from '@noble/hashes/legacy.js'
import type { Beacon, Placed } from './bundle.ts'
import { compare, concat, toHex, utf8 } from './bytes.ts'

/** RFC 3797, 4.2: within a source the numbers ascend, each followed by a full stop, and a stroke closes the source. */
export function rfc3797Key(sources: readonly (readonly (number | bigint)[])[]): string {
  return sources.map((source) => `${[...source].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map((number) => `${number}.`).join('')}/`).join('')
}

/** The key of a value: a lottery's numbers by drum; of any other source the value is one large number. */
export function publicKeyOf(beacon: Beacon): string {
  return rfc3797Key(beacon.source === 'lottery' ? beacon.numbers : [[BigInt(`0x${beacon.value}`)]])
}

/** RFC 3797, 4.1, over labels in the order of their bytes: place after place, an MD5 picks from those that are left. */
export function orderByRfc3797(key: string, labels: readonly string[]): Placed[] {
  const left = [...labels].sort((a, b) => compare(utf8(a), utf8(b)))
  return labels.map((_, round) => {
    const mark = Uint8Array.of(round >> 8, round & 0xff)
    const position = toHex(md5(concat(mark, key, mark)))
    const [label] = left.splice(Number(BigInt(`0x${position}`) % BigInt(left.length)), 1)
    return { place: round + 1, label: label!, position }
  })
}
