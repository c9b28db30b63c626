import { blsBasic } from '@noble/curves/abstract/bls.js'
import { expand_message_xmd, mapToCurveSimpleSWU } from '@noble/curves/abstract/hash-to-curve.js'
import { Field } from '@noble/curves/abstract/modular.js'
import { tower12, type Fp12 as Twelve, type Fp2 as Two } from '@noble/curves/abstract/tower.js'
import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from './bytes.ts'

/*
 * BLS12-381 for signatures in G1 and nothing else, put together from an audited library's own parts. The library's ready-made
 * curve brings both groups' hashing, encodings and signing along, which makes a page half as large again; the command and the
 * server use that one, and tests/bin/verify-beacon.test.ts holds the two against one another. All numbers are those of
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
const Fr = Field(N)

export const G1 = weierstrass(
  {
    p: P, n: N, h: big('396c8c005555e1568c00aaab0000aaab'), a: 0n, b: 4n,
    Gx: big('17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb'),
    Gy: big('08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1'),
  },
  { Fn: Fr, clearCofactor: (_, point) => point.multiplyUnsafe(X).add(point) },
)
const two = (c0: string, c1: string): Two => Fp2.fromBigTuple([big(c0), big(c1)])
const G2 = weierstrass<Two>(
  {
    p: Fp2.ORDER, n: N, a: Fp2.ZERO, b: Fp2.fromBigTuple([4n, 4n]),
    h: big('5d543a95414e7f1091d50792876a202cd91de4547085abaa68a205b2e5a7ddfa628f1cb4d9e82ef21537e293a6691ae1616ec6e786f0c70cf1c38e31c7238e5'),
    Gx: two('24aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8', '13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e'),
    Gy: two('ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801', '606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be'),
  },
  { Fp: Fp2, Fn: Fr },
)

/** RFC 9380, E.2: the map of degree 11 from the curve that hashing lands on to the one that signs, as x goes: numerator over denominator. */
const [ABOVE, BELOW] = [
  `11a05f2b1e833340b809101dd99815856b303e88a2d7005ff2627b56cdb4e2c85610c2d5f2e62d6eaeac1662734649b7
   17294ed3e943ab2f0588bab22147a81c7c17e75b2f6a8417f565e33c70d1e86b4838f2a6f318c356e834eef1b3cb83bb
   d54005db97678ec1d1048c5d10a9a1bce032473295983e56878e501ec68e25c958c3e3d2a09729fe0179f9dac9edcb0
   1778e7166fcc6db74e0609d307e55412d7f5e4656a8dbf25f1b33289f1b330835336e25ce3107193c5b388641d9b6861
   e99726a3199f4436642b4b3e4118e5499db995a1257fb3f086eeb65982fac18985a286f301e77c451154ce9ac8895d9
   1630c3250d7313ff01d1201bf7a74ab5db3cb17dd952799b9ed3ab9097e68f90a0870d2dcae73d19cd13c1c66f652983
   d6ed6553fe44d296a3726c38ae652bfb11586264f0f8ce19008e218f9c86b2a8da25128c1052ecaddd7f225a139ed84
   17b81e7701abdbe2e8743884d1117e53356de5ab275b4db1a682c62ef0f2753339b7c8f8c8f475af9ccb5618e3f0c88e
   80d3cf1f9a78fc47b90b33563be990dc43b756ce79f5574a2c596c928c5d1de4fa295f296b74e956d71986a8497e317
   169b1f8e1bcfa7c42e0c37515d138f22dd2ecb803a0c5c99676314baf4bb1b7fa3190b2edc0327797f241067be390c9e
   10321da079ce07e272d8ec09d2565b0dfa7dccdde6787f96d50af36003b14866f69b771f8c285decca67df3f1605fb7b
   6e08c248e260e70bd1e962381edee3d31d79d7e22c837bc23c0bf1bc24c6b68c24b1b80b64d391fa9c8ba2e8ba2d229`,
  `8ca8d548cff19ae18b2e62f4bd3fa6f01d5ef4ba35b48ba9c9588617fc8ac62b558d681be343df8993cf9fa40d21b1c
   12561a5deb559c4348b4711298e536367041e8ca0cf0800c0126c2588c48bf5713daa8846cb026e9e5c8276ec82b3bff
   b2962fe57a3225e8137e629bff2991f6f89416f5a718cd1fca64e00b11aceacd6a3d0967c94fedcfcc239ba5cb83e19
   3425581a58ae2fec83aafef7c40eb545b08243f16b1655154cca8abc28d6fd04976d5243eecf5c4130de8938dc62cd8
   13a8e162022914a80a6f1d5f43e7a07dffdfc759a12062bb8d6b44e833b306da9bd29ba81f35781d539d395b3532a21e
   e7355f8e4e667b955390f7f0506c6e9395735e9ce9cad4d0a43bcef24b8982f7400d24bc4228f11c02df9a29f6304a5
   772caacf16936190f3e0c63e0596721570f5799af53a1894e2e073062aede9cea73b3538f0de06cec2574496ee84a3a
   14a7ac2a9d64a8b230b3f5b074cf01996e7f63c21bca68a81996e1cdf9822c580fa5b9489d11e2d311f7d99bbdcc5a5e
   a10ecf6ada54f825e920b3dafc7a3cce07f8d1d7161366b74100da67f39883503826692abba43704776ec3a79a1d641
   95fc13ab9e92ad4476d6e3eb3a56680f682b4ee96f7d03776df533978f31c1593174e4b4b7865002d6384d168ecdd0a
   1`,
].map((row) => row.split(/\s+/).map(big)) as [bigint[], bigint[]]

/** A polynomial and its derivative, lowest coefficient first. */
function valueAt(coefficients: readonly bigint[], x: bigint): { value: bigint; slope: bigint } {
  return coefficients.reduceRight(({ value, slope }, each) => ({ value: Fp.add(Fp.mul(value, x), each), slope: Fp.add(Fp.mul(slope, x), value) }), { value: 0n, slope: 0n })
}

/**
 * A map between curves that keeps their differential up to a factor takes y to y · X′(x) · factor; here the factor is 1/11.
 * So half of the RFC's table is the derivative of the other half, and need not be carried along.
 */
function isogeny({ x, y }: { x: bigint; y: bigint }): { x: bigint; y: bigint } {
  const [above, below] = [valueAt(ABOVE, x), valueAt(BELOW, x)]
  const slope = Fp.div(Fp.sub(Fp.mul(above.slope, below.value), Fp.mul(above.value, below.slope)), Fp.sqr(below.value))
  return { x: Fp.div(above.value, below.value), y: Fp.div(Fp.mul(y, slope), Fp.create(11n)) }
}

const swu = mapToCurveSimpleSWU(Fp, {
  A: big('144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d'),
  B: big('12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0'),
  Z: 11n,
})
const DST = utf8('BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_')
/** Bytes of one field element before it is reduced: the 381 bits of P and 128 more, so that none is likelier than another. */
const WIDE = 64

/** RFC 9380, 3: the point of a message. Two elements of the field, each brought to the curve, their sum into the group. */
function hashToCurve(message: Uint8Array): InstanceType<typeof G1> {
  const wide = expand_message_xmd(message, DST, 2 * WIDE, sha256)
  const [one, other] = [wide.subarray(0, WIDE), wide.subarray(WIDE)].map((bytes) => {
    return G1.fromAffine(isogeny(swu(Fp.create(big(toHex(bytes))))))
  })
  return one!.add(other!).clearCofactor()
}

const { pairingBatch } = blsBasic({ Fp, Fp2, Fp6, Fp12, Fr }, G1, G2, { ateLoopSize: X, xNegative: true, twistType: 'multiplicative' })

/** A point of G1 from its 48 compressed bytes; an error where they are none, or it lies outside the group. */
function pointOf(bytes: Uint8Array): InstanceType<typeof G1> {
  if (bytes.length !== 48 || bytes[0]! >> 6 !== 2) throw new Error('Not a compressed point.')
  const x = Fp.fromBytes(Uint8Array.from(bytes, (byte, place) => (place ? byte : byte & 31)))
  const root = Fp.sqrt(Fp.add(Fp.mul(Fp.sqr(x), x), 4n))
  const isLarger = (2n * root) / P === 1n
  const point = G1.fromAffine({ x, y: isLarger === (bytes[0]! & 32) > 0 ? root : Fp.neg(root) })
  point.assertValidity()
  return point
}

/** A public key in G2 by its affine coordinates. */
export type PublicKey = { x: readonly [string, string]; y: readonly [string, string] }

/** e(H(message), key) = e(signature, generator)? An error where the signature is no point. */
export function isBlsSigned(message: Uint8Array, signature: Uint8Array, { x, y }: PublicKey): boolean {
  const key = G2.fromAffine({ x: two(...(x as [string, string])), y: two(...(y as [string, string])) })
  return Fp12.eql(pairingBatch([{ g1: hashToCurve(message), g2: key.negate() }, { g1: pointOf(signature), g2: G2.BASE }]), Fp12.ONE)
}
