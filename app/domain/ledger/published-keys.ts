import type { Json } from './canonical.ts'
import { SUITE } from './canonical.ts'
import { fingerprintOf, logOrigin, rawPublicKey, type Keyring } from './keyring.ts'
import { logVerifier, vkeyOf } from './note.ts'

type Known = Pick<Keyring, 'origin' | 'keys' | 'retired'>

/** The log's verifier keys, retired ones included, each with the fingerprint that people compare: its `keyId` is the first 16 digits. */
export function logKeys(keyring: Known): { vkey: string; fingerprint: string }[] {
  const keys = [...keyring.keys, ...keyring.retired].filter(({ purpose }) => purpose === 'checkpoint')
  return keys.map(({ publicKey }) => ({ vkey: vkeyOf(logVerifier(logOrigin(keyring), publicKey)), fingerprint: fingerprintOf(rawPublicKey(publicKey)) }))
}

/** The verifier keys under which this log's checkpoints may be signed. */
export function logVkeys(keyring: Known): string[] {
  return logKeys(keyring).map(({ vkey }) => vkey)
}

/** What `/.well-known/mingdan-keys.json` says: every public key that ever signed, with its purpose and its days. */
export function publishedKeys(keyring: Known): Json {
  return {
    format: 'mingdan-keys/v1',
    suite: SUITE,
    log: logOrigin(keyring),
    keys: [...keyring.keys.map((key) => ({ ...key, until: null })), ...keyring.retired].map(({ keyId, purpose, publicKey, since, until, endorsement }) => ({
      keyId,
      alg: 'Ed25519',
      purpose,
      publicKey: rawPublicKey(publicKey).toString('base64'),
      since,
      until,
      endorsement,
      ...(purpose === 'checkpoint' && { vkey: vkeyOf(logVerifier(logOrigin(keyring), publicKey)) }),
    })),
  }
}
