import { createPublicKey, sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto'
import { canonical, sha256, SUITE } from './canonical.ts'

/** Separate keys, so that a leak of one never forges the other. */
export type KeyPurpose = 'checkpoint' | 'decision' | 'webhook'
export const KEY_PURPOSES: readonly KeyPurpose[] = ['checkpoint', 'decision', 'webhook']

export type Signature = { alg: 'Ed25519'; keyId: string; value: string }
export type Signed<T> = T & { signature: Signature }

/** The older key of the same purpose vouching for a newer one, so that who trusted the old may trust the new. */
export type Endorsement = Signed<{ keyId: string; purpose: KeyPurpose; publicKey: string; since: string }>

type KnownKey = { keyId: string; purpose: KeyPurpose; publicKey: KeyObject; since: string; endorsement: Endorsement | null }
export type SigningKey = KnownKey & { privateKey: KeyObject }
/** A key that signs no more; its public half stays published so that what it signed can still be checked. */
export type RetiredKey = KnownKey & { until: string }

/** What the platform signs and promises with. `drawSeed` is behind the drawing secrets, `tokenSecret` behind the API's access tokens. */
export type Keyring = {
  /** The host the keyring was made for. It names the log for ever, whatever address the site moves to. */
  origin: string
  /** Within how many seconds an entry is promised to be under a checkpoint. */
  mergeDelaySeconds: number
  /** Oldest first within a purpose; the newest signs. */
  keys: SigningKey[]
  retired: RetiredKey[]
  drawSeed: Buffer
  tokenSecret: Buffer
}

/** The name of the log and of its checkpoint keys. */
export function logOrigin({ origin }: Pick<Keyring, 'origin'>): string {
  return `${origin}/ledger/${SUITE}`
}

/** The key that signs for this purpose today. */
export function signingKey(keyring: Keyring, purpose: KeyPurpose): SigningKey {
  const key = keyring.keys.findLast((each) => each.purpose === purpose)
  if (!key) throw new Error(`The keyring holds no key for ${purpose}.`)
  return key
}

/** Signs `mingdan/<kind>/v1`, a line feed and the canonical JSON of the object without `signature` and `ledger`. */
export function signObject<T extends object>(keyring: Keyring, purpose: KeyPurpose, kind: string, object: T): Signed<T> {
  return signObjectWith(signingKey(keyring, purpose), kind, object)
}

/** The same by a key that is given: an older key vouches so for its successor. A signature that the object brought is not signed and gives way. */
export function signObjectWith<T extends object>({ keyId, privateKey }: Pick<SigningKey, 'keyId' | 'privateKey'>, kind: string, object: T): Signed<T> {
  const value = signBytes(null, signedBytes(kind, object), privateKey).toString('base64')
  return { ...object, signature: { alg: 'Ed25519', keyId, value } }
}

/** Does the object carry a valid signature by a key of this purpose, retired ones included? */
export function verifyObject(keyring: Pick<Keyring, 'keys' | 'retired'>, purpose: KeyPurpose, kind: string, object: { signature?: unknown }): boolean {
  const signature = object.signature as Partial<Signature> | undefined
  const key = [...keyring.keys, ...keyring.retired].find((each) => each.keyId === signature?.keyId && each.purpose === purpose)
  if (!key || signature?.alg !== 'Ed25519' || typeof signature.value !== 'string') return false
  const value = Buffer.from(signature.value, 'base64')
  return value.toString('base64') === signature.value && verifyBytes(null, signedBytes(kind, object), key.publicKey, value)
}

function signedBytes(kind: string, object: object): Buffer {
  return Buffer.from(`mingdan/${kind}/v1\n${canonical({ ...object, signature: undefined, ledger: undefined })}`)
}

/** The 32 bytes of an Ed25519 public key. */
export function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')
}

/** The Ed25519 key behind its 32 bytes; throws where they are not 32. */
export function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' })
}

/** SHA-256("mingdan/key/v1" ‖ 0 ‖ public key) in hex: what two people compare. */
export function fingerprintOf(raw: Uint8Array): string {
  return sha256('mingdan/key/v1\0', raw).toString('hex')
}

/** A key's name: the first 16 hex digits of its fingerprint. */
export function keyIdOf(raw: Uint8Array): string {
  return fingerprintOf(raw).slice(0, 16)
}
