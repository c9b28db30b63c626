import { blsBasic } from '@noble/curves/abstract/bls.js'
import { Field } from '@noble/curves/abstract/modular.js'
import { tower12, type Fp12 as Twelve, type Fp2 as Two } from '@noble/curves/abstract/tower.js'
import { concat, toHex, utf8 } from './bytes.ts'
import { sha256 } from './primitives.ts'

/*
 * BLS12-381 for signatures in G1 and nothing else: fields and pairing are an audited library's, and points are added as in a
 * schoolbook, since all that is here is public and its time may show. The library's ready-made curve brings both groups' hashing,
 * encodings, tables and signing along, which makes a page twice as large; the server uses that one, and
 * tests/bin/verify-beacon.test.ts holds the two against one another. All numbers are those of
 * draft-irtf-cfrg-pairing-friendly-curves and RFC 9380, 8.8.1 and E.2.
 */

const big = (hex: string): bigint => BigInt(`0x${hex}`)
const X = big('d201000000010000')
const P = big('1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab')
const N = big('73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001')

const { Fp, Fp2, Fp6, Fp12 } = tower12({
  ORDER: P,
  X_LEN: 64,
  FP2_NONRESIDUE: [1n, 1n],
  Fp2mulByB: ({ c0, c1 }: Two) => ({ c0: Fp.mul(Fp.sub(c0, c1), 4n), c1: Fp.mul(Fp.add(c0, c1), 4n) }),
  Fp12finalExponentiate: (given: Twelve) => {
    const byX = (num: Twelve) => Fp12.conjugate(Fp12.pow(num, X))
    const t0 = Fp12.div(Fp12.frobeniusMap(given, 6), given)
    const t1 = Fp12.mul(Fp12.frobeniusMap(t0, 2), t0)
    const t2 = byX(t1)
    const t3 = Fp12.mul(Fp12.conjugate(Fp12.sqr(t1)), t2)
    const t4 = byX(t3)
    const t5 = byX(t4)
    const t6 = Fp12.mul(byX(t5), Fp12.sqr(t2))
    const t7 = byX(t6)
    const parts = [Fp12.frobeniusMap(Fp12.mul(t2, t5), 2), Fp12.frobeniusMap(Fp12.mul(t4, t1), 3), Fp12.frobeniusMap(Fp12.mul(t6, Fp12.conjugate(t1)), 1), t7, Fp12.conjugate(t3), t1]
    return parts.reduce((all, part) => Fp12.mul(all, part))
  },
})
const two = (c0: string, c1: string): Two => Fp2.fromBigTuple([big(c0), big(c1)])
const sum = (...of: bigint[]): bigint => of.reduce((all, each) => Fp.add(all, each))
const product = (...of: bigint[]): bigint => of.reduce((all, each) => Fp.mul(all, each))

/** A point of y² = x³ + 4; undefined is the one at infinity. */
type Point = { x: bigint; y: bigint } | undefined

/** The chord through two points, or the tangent at one, meets the curve in a third: that is their sum, mirrored. */
function add(one: Point, other: Point): Point {
  if (!one || !other) return one ?? other
  if (one.x === other.x && one.y !== other.y) return undefined
  const slope = one.x === other.x ? Fp.div(product(3n, one.x, one.x), Fp.mul(2n, one.y)) : Fp.div(Fp.sub(other.y, one.y), Fp.sub(other.x, one.x))
  const x = Fp.sub(Fp.sqr(slope), Fp.add(one.x, other.x))
  return { x, y: Fp.sub(Fp.mul(slope, Fp.sub(one.x, x)), one.y) }
}

/** A point so many times, bit by bit. There is none of order two, so that no tangent is upright. */
function times(count: bigint, point: Point): Point {
  return [...count.toString(2)].reduce<Point>((all, bit) => (bit === '1' ? add(add(all, all), point) : add(all, all)), undefined)
}

/** The curve on which hashing lands, y² = x³ + Ax + B, and a number that is no square there (RFC 9380, 8.8.1). */
const A = big('144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d')
const B = big('12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0')
const Z = 11n
const right = (x: bigint): bigint => sum(product(x, x, x), product(A, x), B)

/** RFC 9380, 6.6.2: the simplified map of Shallue, van de Woestijne and Ulas. What is hashed is public, so that its time may show. */
function swu(u: bigint): { x: bigint; y: bigint } {
  const turn = product(Z, u, u)
  const below = sum(product(turn, turn), turn)
  const first = below ? Fp.mul(Fp.div(Fp.neg(B), A), sum(1n, Fp.inv(below))) : Fp.div(B, Fp.mul(Z, A))
  const root = (x: bigint) => Fp.pow(right(x), (P + 1n) / 4n)
  const isSquare = Fp.sqr(root(first)) === right(first)
  const x = isSquare ? first : Fp.mul(turn, first)
  const y = root(x)
  return { x, y: (u & 1n) === (y & 1n) ? y : Fp.neg(y) }
}

/**
 * The kernel of the map of degree 11 to the curve that signs, lowest coefficient first: its square is the denominator of x in
 * RFC 9380, E.2. Kohel's formulas give the whole map from it, so that four fifths of the RFC's table need not be carried along.
 */
const KERNEL = `133341fb0962a34cb0504a9c4fada0a5090d38679b4c040d5d1c3afb023a3409fcc0815fea66d8b02bbef9c8b5a66e07
   264908af037bcede00d054cf5d4775e83eb6cf63c76b969f8ed174fb59fcff78d201f46f6cfc4ed6552e59ce75177b0
   1335c502c1f54c49aceea65e87fd7203ba0f626f305fc0cfd606a5dae9f3c8e81a4b3b69600129fabd307c69bf319d39
   94440f65f408a6e930e16e3e92dd17bf60d6e9679a8d3d58593de55ac23703042d609537eb3549aac234d896ca82944
   4afe09d5cf4956a23b6b71f59d2b3407b415a774b7be81bbb6fa99cbc798e0ac98ba725a5bc328016b1c268b4766e85
   1`.split(/\s+/).map(big)

/** The image of a point, where x goes to 11x + 2k₄ − 2f′r − 4fr′ over 121, with r = k′/k for the kernel k and f the curve's right side, and y by its derivative. */
function isogeny({ x, y }: { x: bigint; y: bigint }): { x: bigint; y: bigint } {
  let derived = KERNEL
  const [k, k1, k2, k3] = [0, 1, 2, 3].map(() => {
    const value = derived.reduceRight((all, each) => sum(Fp.mul(all, x), each))
    derived = derived.slice(1).map((each, place) => Fp.mul(each, BigInt(place + 1)))
    return value
  }) as [bigint, bigint, bigint, bigint]
  const [r, second, third] = [Fp.div(k1, k), Fp.div(k2, k), Fp.div(k3, k)]
  const r1 = Fp.sub(second, Fp.sqr(r))
  const r2 = sum(third, product(-3n, r, second), product(2n, r, r, r))
  const slope = sum(product(3n, x, x), A)
  return {
    x: Fp.div(sum(product(11n, x), product(2n, KERNEL[4]!), product(-2n, slope, r), product(-4n, right(x), r1)), 121n),
    y: Fp.div(product(y, sum(11n, product(-12n, x, r), product(-6n, slope, r1), product(-4n, right(x), r2))), 1331n),
  }
}

const DST = utf8('BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_')
/** Bytes of one field element before it is reduced: the 381 bits of P and 128 more, so that none is likelier than another. */
const WIDE = 64

/** RFC 9380, 5.3.1: as many bytes of a message as two such elements take. */
function expand(message: Uint8Array): Uint8Array {
  const named = (...parts: Uint8Array[]) => sha256(...parts, DST, Uint8Array.of(DST.length))
  const start = named(new Uint8Array(64), message, Uint8Array.of(0, 2 * WIDE, 0))
  const blocks = [named(start, Uint8Array.of(1))]
  for (const number of [2, 3, 4]) blocks.push(named(start.map((byte, place) => byte ^ blocks.at(-1)![place]!), Uint8Array.of(number)))
  return concat(...blocks)
}

/** RFC 9380, 3: the point of a message. Two elements of the field, each brought to the curve, their sum into the group. */
function hashToCurve(message: Uint8Array): Point {
  const wide = expand(message)
  const [one, other] = [wide.subarray(0, WIDE), wide.subarray(WIDE)].map((bytes) => isogeny(swu(Fp.create(big(toHex(bytes))))))
  const point = add(one, other)
  return add(times(X, point), point)
}

/** A point of G1 from its 48 compressed bytes; an error where they are none, or it lies outside the group. */
function pointOf(bytes: Uint8Array): Point {
  if (bytes.length !== 48 || bytes[0]! >> 6 !== 2) throw new Error('Not a compressed point.')
  const x = Fp.fromBytes(Uint8Array.from(bytes, (byte, place) => (place ? byte : byte & 31)))
  const root = Fp.sqrt(Fp.add(Fp.mul(Fp.sqr(x), x), 4n))
  const isLarger = (2n * root) / P === 1n
  const point = { x, y: isLarger === (bytes[0]! & 32) > 0 ? root : Fp.neg(root) }
  if (times(N, point)) throw new Error('Not of the group.')
  return point
}

/** A point of G2 by its affine coordinates, as the pairing asks for it. Both that are used are written down here and in quicknet.ts. */
class Fixed {
  static BASE = { precompute: () => {} }
  toAffine: () => { x: Two; y: Two }
  constructor({ x, y }: PublicKey) {
    this.toAffine = () => ({ x: two(...x), y: two(...y) })
  }
}

const GENERATOR: PublicKey = {
  x: ['24aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8', '13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e'],
  y: ['ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801', '606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be'],
}

/** A public key in G2 by its affine coordinates. */
export type PublicKey = { x: readonly [string, string]; y: readonly [string, string] }

const { millerLoopBatch, utils } = blsBasic({ Fp, Fp2, Fp6, Fp12, Fr: Field(N) }, Fixed as never, Fixed as never, { ateLoopSize: X, xNegative: true, twistType: 'multiplicative' })

/** e(H(message), key) = e(signature, generator)? An error where the signature is no point. */
export function isBlsSigned(message: Uint8Array, signature: Uint8Array, key: PublicKey): boolean {
  const hashed = hashToCurve(message)!
  const signed = pointOf(signature)!
  const linesOf = (point: PublicKey) => utils.calcPairingPrecomputes(new Fixed(point) as never)
  return Fp12.eql(Fp12.finalExponentiate(millerLoopBatch([[linesOf(key), hashed.x, Fp.neg(hashed.y)], [linesOf(GENERATOR), signed.x, signed.y]])), Fp12.ONE)
}
