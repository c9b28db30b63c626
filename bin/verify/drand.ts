import { isBlsSigned } from './bls.ts'
import { fromHex } from './bytes.ts'
import { sha256 } from './primitives.ts'
import { QUICKNET } from './quicknet.ts'

/** Did quicknet sign this round, by the scheme bls-unchained-g1-rfc9380? */
export function isRoundSigned(round: number, signature: string): boolean {
  const number = new Uint8Array(8)
  new DataView(number.buffer).setBigUint64(0, BigInt(round))
  try {
    return isBlsSigned(sha256(number), fromHex(signature), QUICKNET.publicKey)
  } catch {
    // What is no point of the curve is no signature.
    return false
  }
}
