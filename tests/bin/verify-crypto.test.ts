import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
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
