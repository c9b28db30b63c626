import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, chmodSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { joinShares, splitKeyring } from '#app/domain/ledger/escrow.server.ts'
import { signObject, signingKey, verifyObject } from '#app/domain/ledger/keyring.ts'
import { keyringText, newKeyring, openKeyring, retireKey, rotateKey, saveKeyring } from '#app/domain/ledger/keyring.server.ts'
import { logVkeys, publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { testKeyring } from '#tests/support/keyring.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'keyring '))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const aFile = () => path.join(folder, `${(files += 1)}`, 'keyring.json')
const options = { origin: 'mingdan.example', makeIfMissing: true }

test('the first start makes a keyring that only its owner may read, and the next one reads the same', () => {
  const file = aFile()
  const made = openKeyring(file, options)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const again = openKeyring(file, { origin: 'another.example:3001', makeIfMissing: false })
  expect(keyringText(again)).toBe(keyringText(made))
  expect(again.origin).toBe('mingdan.example')
  expect(readdirSync(path.dirname(file))).toEqual(['keyring.json'])
})

test('where none may be made, the missing keyring is named with what to do', () => {
  expect(() => openKeyring(aFile(), { ...options, makeIfMissing: false })).toThrow(/npm run keys -- make/)
})

test('a keyring that others may read is not used', () => {
  const file = aFile()
  openKeyring(file, options)
  chmodSync(file, 0o644)
  expect(() => openKeyring(file, options)).toThrow(/chmod 600/)
})

test('a damaged keyring says which part cannot be read', () => {
  const file = aFile()
  openKeyring(file, options)
  writeFileSync(file, readFileSync(file, 'utf8').replace('"drawSeed"', '"draw"'))
  expect(() => openKeyring(file, options)).toThrow(/drawSeed/)
})

test('a signature holds for the same object in any order of its members, with or without its place in the ledger', () => {
  const keyring = testKeyring()
  const signed = signObject(keyring, 'decision', 'decision', { verdict: 'refused', id: '1', ledger: null })
  expect(verifyObject(keyring, 'decision', 'decision', { id: '1', ledger: { index: 5 }, signature: signed.signature, verdict: 'refused' } as never)).toBe(true)
})

test('a signature does not hold for another value, another kind, another purpose, another key', () => {
  const keyring = testKeyring()
  const signed = signObject(keyring, 'decision', 'decision', { verdict: 'refused' })
  expect(verifyObject(keyring, 'decision', 'decision', { ...signed, verdict: 'allowed' } as never)).toBe(false)
  expect(verifyObject(keyring, 'decision', 'receipt', signed)).toBe(false)
  expect(verifyObject(keyring, 'webhook', 'decision', signed)).toBe(false)
  expect(verifyObject(newKeyring(options), 'decision', 'decision', signed)).toBe(false)
  expect(verifyObject(keyring, 'decision', 'decision', {})).toBe(false)
})

test('after a rotation the newer key signs, the older vouches for it, and what the older signed still verifies when it is retired', () => {
  const first = newKeyring(options)
  const signed = signObject(first, 'decision', 'decision', { id: '1' })
  const rotated = rotateKey(first, 'decision', '2026-12-01T00:00:00.000Z')
  const newer = signingKey(rotated, 'decision')
  expect(newer.endorsement).toMatchObject({ keyId: newer.keyId, signature: { keyId: signed.signature.keyId } })
  expect(verifyObject(rotated, 'decision', 'key', newer.endorsement!)).toBe(true)
  const retired = retireKey(rotated, signed.signature.keyId, '2026-12-02T00:00:00.000Z')
  expect(verifyObject(retired, 'decision', 'decision', signed)).toBe(true)
  expect(() => retireKey(retired, newer.keyId, '')).toThrow(/only key/)

  const file = aFile()
  openKeyring(file, options)
  saveKeyring(file, retired)
  const read = openKeyring(file, options)
  expect(verifyObject(read, 'decision', 'decision', signed)).toBe(true)
  expect(keyringText(read)).not.toContain(first.keys[1]!.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'))
})

test('the published keys tell every public key that ever signed and nothing private', () => {
  const first = newKeyring(options)
  const rotated = retireKey(rotateKey(first, 'checkpoint', 'now'), first.keys[0]!.keyId, 'later')
  const { keys } = publishedKeys(rotated) as { keys: { keyId: string; until: string | null; vkey?: string }[] }
  expect(keys).toHaveLength(4)
  expect(keys.find(({ keyId }) => keyId === first.keys[0]!.keyId)).toMatchObject({ until: 'later' })
  expect(keys.flatMap(({ vkey }) => vkey ?? []).sort()).toEqual(logVkeys(rotated).sort())
  expect(JSON.stringify(publishedKeys(rotated))).not.toMatch(/privateKey|drawSeed|tokenSecret/)
})

test('three of five holders restore the keyring; two, or shares of two keyrings, do not', async () => {
  const keyring = newKeyring(options)
  const shares = await splitKeyring(keyring, 5, 3)
  expect(await joinShares([shares[4], shares[0], shares[2]])).toBe(keyringText(keyring))
  await expect(joinShares(shares.slice(0, 2))).rejects.toThrow('3 shares are needed')
  const others = await splitKeyring(newKeyring(options), 5, 3)
  await expect(joinShares([shares[0], shares[1], others[2]])).rejects.toThrow('different keyrings')
  await expect(splitKeyring(keyring, 3, 1)).rejects.toThrow(RangeError)
})
