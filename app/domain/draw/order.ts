import { drawKey, orderOf, type Algorithm, type Beacon, type DrawInput, type DrawPurpose, type Placed } from './draw.ts'
import { sha256 } from '../ledger/canonical.ts'
import { rfc3797Key, rfc3797Order } from './rfc3797.ts'

type Given = Omit<DrawInput, 'rules'> & { rules: Algorithm; secret: Uint8Array; purpose: DrawPurpose; labels: readonly string[] }

/** The whole order under the algorithm that publication named. */
export function orderUnder({ rules, secret, purpose, labels, ...input }: Given): Placed[] {
  if (rules === 'rfc3797') return orderByRfc3797(input.beacon, labels)
  return orderOf(drawKey({ ...input, rules }, secret), purpose, labels)
}

/**
 * RFC 3797 exactly as published: the pool in the order of its labels' bytes, the key made of public numbers alone, MD5 for
 * each place. Neither pool root nor secret goes in, so who knows the numbers knows the order; `position` is the MD5 of the place.
 */
export function orderByRfc3797(beacon: Beacon, labels: readonly string[]): Placed[] {
  const pool = labels.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return rfc3797Order(publicKeyOf(beacon), pool.length, pool.length).map(({ md5, selected }, place) => ({ place: place + 1, label: pool[selected - 1]!, position: md5.toLowerCase() }))
}

/** The key string of a source's numbers: a lottery has its own, and of drand the value is one large number. */
export function publicKeyOf(beacon: Beacon): string {
  return rfc3797Key(beacon.source === 'lottery' ? beacon.numbers : [[BigInt(`0x${beacon.value}`)]])
}

/** The value of a lottery's numbers in hex: a hash over the key that RFC 3797 makes of them. */
export function lotteryValue(numbers: readonly (readonly number[])[]): string {
  return sha256('mingdan/lottery/v1\0', rfc3797Key(numbers)).toString('hex')
}
