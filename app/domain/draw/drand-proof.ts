import { bls12_381 } from '@noble/curves/bls12-381.js'
import { sha256 } from '../ledger/canonical.ts'
import { QUICKNET } from './drand.ts'

/** RFC 9380 names the way a message becomes a point; quicknet signs in G1 and keeps its key in G2. */
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
const bls = bls12_381.shortSignatures

/**
 * Did quicknet sign this round? The signature of a round is one and the same whoever brings it, so a mirror can withhold it
 * and cannot bend it.
 *
 * @param signature 48 bytes in hex, as mirrors answer
 */
export function isRoundSigned(round: number, signature: string): boolean {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(round))
  try {
    return bls.verify(Buffer.from(signature, 'hex'), bls.hash(sha256(number), DST), Buffer.from(QUICKNET.publicKey, 'hex'))
  } catch {
    // What is no point of the curve is no signature.
    return false
  }
}

/** A round's random value in hex: the SHA-256 of its signature. */
export function randomnessOf(signature: string): string {
  return sha256(Buffer.from(signature, 'hex')).toString('hex')
}
