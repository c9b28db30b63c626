/**
 * Shamir's secret sharing over the field of 256 elements, as docs/verification.md says: a share is 32 bytes of values, one a byte
 * of the key, behind which stands the place at which they were taken. The key is what the polynomials have at 0.
 */

const [LOG, EXP] = [new Uint8Array(256), new Uint8Array(255)]
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = value
  LOG[value] = power
  // Times 3, which generates the field, modulo x⁸ + x⁴ + x³ + x + 1.
  value ^= (value << 1) ^ (value & 0x80 ? 0x11b : 0)
}
const times = (one: number, other: number): number => (one && other ? EXP[(LOG[one]! + LOG[other]!) % 255]! : 0)
const over = (one: number, other: number): number => (one ? EXP[(LOG[one]! + 255 - LOG[other]!) % 255]! : 0)

/** The secret that these shares give together; undefined where two were taken at the same place, or one at 0, and so give none. */
export function combined(shares: readonly Uint8Array[]): Uint8Array | undefined {
  const places = shares.map((share) => share.at(-1)!)
  if (places.includes(0) || new Set(places).size < places.length) return undefined
  const weights = places.map((place) => places.reduce((weight, other) => (other === place ? weight : times(weight, over(other, place ^ other))), 1))
  return Uint8Array.from({ length: shares[0]!.length - 1 }, (_, at) => shares.reduce((sum, share, which) => sum ^ times(share[at]!, weights[which]!), 0))
}

/** Every choice of so many, in the order in which they stand. */
export function* choices<T>(from: readonly T[], count: number): Generator<T[]> {
  if (count === 0) return void (yield [])
  for (let first = 0; first <= from.length - count; first++) {
    for (const rest of choices(from.slice(first + 1), count - 1)) yield [from[first]!, ...rest]
  }
}
