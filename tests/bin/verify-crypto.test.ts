import { createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import * as browserCipher from '../../bin/verify/cipher-browser.ts'
import * as nodeCipher from '../../bin/verify/cipher-node.ts'
import * as browser from '../../bin/verify/crypto-browser.ts'
import * as node from '../../bin/verify/crypto-node.ts'
import { compare, fromBase64, fromHex, toHex } from '../../bin/verify/bytes.ts'

const bytes = fc.uint8Array({ maxLength: 300 })
const plain = (value: Uint8Array) => Uint8Array.from(value)

test('the page counts the hashes that the command counts', () => {
  fc.assert(
    fc.property(bytes, bytes, (key, message) => {
      expect(browser.digest(message)).toEqual(plain(node.digest(message)))
      expect(browser.keyedDigest(key, message)).toEqual(plain(node.keyedDigest(key, message)))
    }),
  )
  expect(toHex(browser.digest(new Uint8Array()))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('page and command take the same signatures, and no changed one', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')
  for (let round = 0; round < 12; round++) {
    const message = randomBytes(40)
    const signature = sign(null, message, privateKey)
    const other = Buffer.from(signature)
    other[round * 5]! ^= 1 << (round % 8)
    for (const { isSignedBy } of [browser, node]) {
      expect(isSignedBy(key, message, signature)).toBe(true)
      expect(isSignedBy(key, message, other)).toBe(false)
      expect(isSignedBy(key, Buffer.concat([message, key]), signature)).toBe(false)
      expect(isSignedBy(key, message, signature.subarray(1))).toBe(false)
    }
  }
})

test('page and command open the same ciphertexts, and nothing that was changed', async () => {
  expect([browserCipher.canDecrypt(), nodeCipher.canDecrypt()]).toEqual([true, true])
  for (const length of [0, 1, 15, 16, 17, 300]) {
    const [key, beside, plaintext] = [randomBytes(32), randomBytes(20), randomBytes(length)]
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAAD(beside)
    const sealed = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
    const other = Buffer.from(sealed)
    other[length]! ^= 1
    for (const { decrypt } of [browserCipher, nodeCipher]) {
      expect(plain((await decrypt(key, sealed, beside))!)).toEqual(plain(plaintext))
      for (const [k, s, b] of [[key, other, beside], [randomBytes(32), sealed, beside], [key, sealed, key], [key, sealed.subarray(1), beside], [key, sealed.subarray(0, 15), beside]] as const) expect(await decrypt(k, s, b)).toBeUndefined()
    }
  }
})

test('a page on an address without a cipher knows it', () => {
  vi.stubGlobal('crypto', undefined)
  expect([browserCipher.canDecrypt(), nodeCipher.canDecrypt()]).toEqual([false, true])
  vi.unstubAllGlobals()
})

test('bytes are written and read as Node writes and reads them', () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      expect(toHex(one)).toBe(Buffer.from(one).toString('hex'))
      expect(fromHex(toHex(one))).toEqual(one)
      expect(fromBase64(Buffer.from(one).toString('base64'))).toEqual(one)
      expect(Math.sign(compare(one, other))).toBe(Buffer.compare(one, other))
    }),
  )
  for (const text of ['QQ', 'QR==', 'Q===', 'QQ==\n', '-_==']) expect(fromBase64(text)).toBeUndefined()
})
