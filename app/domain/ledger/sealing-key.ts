import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto'
/** Who can open a bid, by public key: 32 bytes of X25519 in hex. */
export type Holder = { id: string; publicKey: string }

/** The default holder of every bid's key: the marketplace itself, which could read a bid early, and whose pages say so. */
export const PLATFORM = 'platform'

/** What stands before the 32 bytes of an X25519 private key in PKCS #8 (RFC 8410). */
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/**
 * The key that a tender's bids are sealed to: X25519, made by HKDF-SHA256 from the keyring's seed, salted
 * `mingdan/seal-seed/v1`, with the tender's number as info. It is written nowhere: a dump of the database cannot hold it,
 * and whoever holds the escrowed shares of the keyring can open every tender when its time has come.
 */
export function sealingKey({ drawSeed }: { drawSeed: Uint8Array }, tender: string): { publicKey: string; privateKey: Uint8Array } {
  const privateKey = new Uint8Array(hkdfSync('sha256', drawSeed, 'mingdan/seal-seed/v1', tender, 32))
  const { x } = createPublicKey(createPrivateKey({ key: Buffer.concat([PKCS8_X25519, privateKey]), format: 'der', type: 'pkcs8' })).export({ format: 'jwk' })
  return { publicKey: Buffer.from(x!, 'base64url').toString('hex'), privateKey }
}

/** The marketplace as a holder of a tender's bids. */
export function platformHolder(keyring: { drawSeed: Uint8Array }, tender: string): Holder {
  return { id: PLATFORM, publicKey: sealingKey(keyring, tender).publicKey }
}
