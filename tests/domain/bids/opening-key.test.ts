import { expect, test } from 'vitest'
import { makeOpeningKey, unlockOpeningKey, type KeyFile } from '#app/domain/bids/opening-key.ts'
import { offerOf } from '#app/domain/bids/release.ts'
import { recoverShare, sealInShares } from '#app/domain/bids/two-keys.ts'

const PASSPHRASE = '离离原上草 2026'
const FEW = 1000

test('a key file opens with its passphrase alone, and what is sealed to its public half opens with it', async () => {
  const { publicKey, file } = await makeOpeningKey(PASSPHRASE, 'about', FEW)
  expect(await unlockOpeningKey(file, `${PASSPHRASE} `)).toEqual({ fault: 'other-passphrase' })
  const unlocked = await unlockOpeningKey(file, PASSPHRASE)
  if ('fault' in unlocked) throw new Error(unlocked.fault)
  expect(unlocked.publicKey).toBe(publicKey)
  const about = { tender: 'MD', rules: 'r', bid: '00000000-0000-4000-8000-000000000001', uscc: 'u' }
  const { envelope } = await sealInShares({ offer: {} }, { ...about, holders: [{ id: 'owner', publicKey }, { id: 'platform', publicKey: (await makeOpeningKey('x', '', FEW)).publicKey }], threshold: 2 })
  expect(await recoverShare(offerOf(envelope)!, { id: 'owner', privateKey: unlocked.privateKey })).not.toBeNull()
})

test('a changed file does not open, and what is no key file is told apart', async () => {
  const { file } = await makeOpeningKey(PASSPHRASE, 'about', FEW)
  const read = JSON.parse(file) as KeyFile
  const other = (hex: string) => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
  for (const changed of [{ ...read, publicKey: other(read.publicKey) }, { ...read, sealed: other(read.sealed) }, { ...read, kdf: { ...read.kdf, salt: other(read.kdf.salt) } }, { ...read, kdf: { ...read.kdf, iterations: FEW + 1 } }]) expect(await unlockOpeningKey(JSON.stringify(changed), PASSPHRASE)).toEqual({ fault: 'other-passphrase' })
  for (const text of ['', 'null', '{}', JSON.stringify({ ...read, format: 'other' }), JSON.stringify({ ...read, kdf: { ...read.kdf, iterations: 1e12 } }), JSON.stringify({ ...read, sealed: 'zz' })]) expect(await unlockOpeningKey(text, PASSPHRASE)).toEqual({ fault: 'no-file' })
  // Each file has a salt, and so a key, of its own.
  expect((JSON.parse((await makeOpeningKey(PASSPHRASE, '', FEW)).file) as KeyFile).kdf.salt).not.toBe(read.kdf.salt)
})
