import { Point, verifyAsync } from '@noble/ed25519'
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import * as browserCipher from '../../bin/verify/cipher-browser.ts'
import * as nodeCipher from '../../bin/verify/cipher-node.ts'
import * as browser from '../../bin/verify/crypto-browser.ts'
import * as node from '../../bin/verify/crypto-node.ts'
import { compare, concat, fromBase64, fromHex, toHex } from '../../bin/verify/bytes.ts'
import { runThrough } from '../../bin/verify/findings.ts'
import { library } from '../../bin/verify/library.ts'
import { isSigned } from '../../bin/verify/signatures.ts'

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

/** By Node, by WebCrypto as a page has it, and by the library where a browser has none; each behind the same look at how a signature is spelled. */
async function answers(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<Record<string, boolean>> {
  const isStrict = runThrough(isSigned(key, message, signature, { library: () => true }))
  return {
    node: runThrough(isSigned(key, message, signature, {})),
    webcrypto: isStrict && (await browser.isSignedBy(key, message, signature)),
    library: runThrough(isSigned(key, message, signature, { library })),
  }
}
const ALL = { node: true, webcrypto: true, library: true }
const NONE = { node: false, webcrypto: false, library: false }

/** RFC 8032, 7.1: the first three of its tests. */
const RFC8032: [key: string, message: string, signature: string][] = [
  ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
  ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
  ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82', '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
]

test.each(RFC8032)('page, library and command take the signatures of RFC 8032, and none that was changed: %s', async (key, message, signature) => {
  const [k, m, s] = [key, message, signature].map(fromHex) as [Uint8Array, Uint8Array, Uint8Array]
  expect(await answers(k, m, s)).toEqual(ALL)
  const flipped = (bytes: Uint8Array, place: number) => bytes.map((byte, at) => (at === place ? byte ^ (1 << place % 8) : byte))
  for (const place of [0, 9, 31, 32, 45, 62]) expect(await answers(k, m, flipped(s, place)), String(place)).toEqual(NONE)
  for (const place of [0, 17, 31]) expect(await answers(flipped(k, place), m, s), String(place)).toEqual(NONE)
  expect(await answers(k, concat(m, k), s)).toEqual(NONE)
  for (const [one, other] of [[k, s.subarray(1)], [k, concat(s, s)], [k.subarray(1), s], [s, s]] as const) expect(await answers(one, m, other)).toEqual(NONE)
})

/** The order of the base point, and the bytes of a number, the lowest first. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const low = (number: bigint) => fromHex(number.toString(16).padStart(64, '0')).reverse()
const numberOf = (bytes: Uint8Array) => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)

test('a signature has one spelling: S below the order of the base point', async () => {
  const [key, , signature] = RFC8032[0]!.map(fromHex) as [Uint8Array, Uint8Array, Uint8Array]
  const s = numberOf(signature.subarray(32))
  for (const more of [L, 2n * L, 8n * L]) expect(await answers(key, new Uint8Array(), concat(signature.subarray(0, 32), low(s + more)))).toEqual(NONE)
})

test('no key and no R of small order is taken, in any spelling, though a signature of zeros holds under it', async () => {
  const P = 2n ** 255n - 19n
  const eighth = numberOf(fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'))
  const small = [0n, 1n, P - 1n, eighth, P - eighth, P, P + 1n].flatMap((height) => [low(height), low(height + 2n ** 255n)])
  const [key, message, signature] = RFC8032[1]!.map(fromHex) as [Uint8Array, Uint8Array, Uint8Array]
  let taken = 0
  for (const point of small) {
    for (const r of small) {
      const zero = concat(r, new Uint8Array(32))
      expect(await answers(point, message, zero)).toEqual(NONE)
      if (library(point, message, zero)) taken++
    }
    expect(await answers(key, message, concat(point, signature.subarray(32)))).toEqual(NONE)
  }
  // Without that look the equation alone would take some.
  expect(taken).toBeGreaterThan(0)
})

test('where a key or R has a part of small order, all ask for the same bytes, and none multiplies it away', async () => {
  const torsion = Point.fromBytes(fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'))
  const hash = (...parts: Uint8Array[]) => numberOf(createHash('sha512').update(concat(...parts)).digest()) % L
  const [secret, nonce] = [123456789n, 987654321n]
  const seen = new Set<boolean>()
  for (let number = 0; number < 40; number++) {
    const message = Uint8Array.of(number)
    const key = Point.BASE.multiply(secret).add(torsion).toBytes()
    const r = Point.BASE.multiply(nonce).toBytes()
    const signature = concat(r, low((nonce + hash(r, key, message) * secret) % L))
    expect(await verifyAsync(signature, message, key)).toBe(true)
    const answer = await answers(key, message, signature)
    expect([ALL, NONE]).toContainEqual(answer)
    seen.add(answer.node!)
  }
  expect(seen).toContain(false)
})

test('bytes that are no point are no key, and say nothing else', async () => {
  const none = low(2n)
  expect(await answers(none, new Uint8Array(), fromHex(RFC8032[0]![2]))).toEqual(NONE)
})

test('a page on an address without WebCrypto, or in a browser without Ed25519, knows it', async () => {
  expect([await browser.hasSignatures(), node.hasSignatures()]).toEqual([true, true])
  vi.stubGlobal('crypto', undefined)
  expect(await browser.hasSignatures()).toBe(false)
  vi.stubGlobal('crypto', { subtle: { generateKey: () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError')) } })
  expect(await browser.hasSignatures()).toBe(false)
  vi.unstubAllGlobals()
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
