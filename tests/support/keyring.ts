import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { KEY_PURPOSES, keyIdOf, rawPublicKey, type Keyring, type KeyPurpose } from '#app/domain/ledger/keyring.ts'

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Keys that are the same in every run, so that a signature in a test can be looked at twice. */
export function testKeyring(): Keyring {
  return {
    origin: 'test.mingdan.invalid',
    mergeDelaySeconds: 60,
    keys: KEY_PURPOSES.map(keyFor),
    retired: [],
    drawSeed: seedOf('draw'),
    tokenSecret: seedOf('tokens'),
  }
}

function keyFor(purpose: KeyPurpose) {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seedOf(purpose)]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  return { keyId: keyIdOf(rawPublicKey(publicKey)), purpose, privateKey, publicKey, since: '2026-01-01T00:00:00.000Z', endorsement: null }
}

function seedOf(purpose: string): Buffer {
  return createHash('sha256').update(`a test's key for ${purpose}`).digest()
}

/** The keys that sign what is sent to receivers. */
export function webhookKeysOf({ keys }: Keyring) {
  return keys.filter(({ purpose }) => purpose === 'webhook')
}
