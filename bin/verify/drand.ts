import { bls12_381 } from '@noble/curves/bls12-381.js'
import { fromHex } from './bytes.ts'
import { sha256 } from './primitives.ts'
import { QUICKNET } from './quicknet.ts'

/*
 * The arithmetic of drand's signatures stands alone, since it is as large as everything else together: a page loads it
 * only where there is a round to check.
 */

const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

/** Did quicknet sign this round, by the scheme bls-unchained-g1-rfc9380? */
export function isRoundSigned(round: number, signature: string): boolean {
  const number = new Uint8Array(8)
  new DataView(number.buffer).setBigUint64(0, BigInt(round))
  const bls = bls12_381.shortSignatures
  try {
    return bls.verify(fromHex(signature), bls.hash(sha256(number), DST), fromHex(QUICKNET.publicKey))
  } catch {
    return false
  }
}
