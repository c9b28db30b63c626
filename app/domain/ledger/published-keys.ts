import type { Json } from './canonical.ts'
import { SUITE } from './canonical.ts'
import { logOrigin, rawPublicKey, type Keyring } from './keyring.ts'
import { logVerifier, vkeyOf } from './note.ts'

/** The verifier keys under which this log's checkpoints may be signed, retired ones included. */
export function logVkeys(keyring: Pick<Keyring, 'origin' | 'keys' | 'retired'>): string[] {
  return [...keyring.keys, ...keyring.retired].filter(({ purpose }) => purpose === 'checkpoint').map(({ publicKey }) => vkeyOf(logVerifier(logOrigin(keyring), publicKey)))
}

/** What `/.well-known/mingdan-keys.json` says: every public key that ever signed, with its purpose and its days. */
export function publishedKeys(keyring: Pick<Keyring, 'origin' | 'keys' | 'retired'>): Json {
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
