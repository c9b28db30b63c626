import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { expect, test } from 'vitest'
import { openPart, recoverKey, sealBid, type Envelope, type SealedPart } from '#app/domain/bids/seal.ts'
import { sealingKey } from '#app/domain/ledger/sealing-key.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { sharedData } from '#tests/support/shared-data.ts'

const { publicKey, privateKey } = sealingKey({ drawSeed: Buffer.alloc(32, 7) }, 'MD-220100-2026-000001')
const about = { tender: 'MD-220100-2026-000001', rules: 'lowest-price/v1', bid: 'a-bid', uscc: '91220100MA0000000X' }
const holder = { id: 'platform', privateKey }
const sealed = async () => (JSON.parse(await sealBid({ offer: { fen: 12_345 } }, { ...about, holders: [{ id: 'platform', publicKey }] })) as Envelope).parts[0]!

test('what was sealed opens for its holder, and by its key for anybody', async () => {
  const part = await sealed()
  const key = await recoverKey(part, holder)
  expect(key).toHaveLength(32)
  expect(await openPart(part, key!)).toEqual({ content: { fen: 12_345 } })
  expect(JSON.stringify(part)).not.toContain('12345')
})

test('another holder, another tender and another seed recover nothing', async () => {
  const part = await sealed()
  expect(await recoverKey(part, { id: 'owner', privateKey })).toBeNull()
  for (const [seed, tender] of [[7, 'MD-220100-2026-000002'], [8, about.tender]] as const) {
    expect(await recoverKey(part, { id: 'platform', privateKey: sealingKey({ drawSeed: Buffer.alloc(32, seed) }, tender).privateKey })).toBeNull()
  }
})

test('a changed byte anywhere is found before anything is read', async () => {
  const part = await sealed()
  const key = (await recoverKey(part, holder))!
  const flipped = (text: string) => `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`
  const moved: SealedPart = { ...part, header: { ...part.header, tender: 'MD-220100-2026-000002' } }
  const changes: [SealedPart, boolean][] = [
    [moved, false],
    [{ ...part, body: flipped(part.body) }, false],
    [{ ...part, header: { ...part.header, uscc: '91220100MA0000001X' } }, false],
    [{ ...part, header: { ...part.header, commitment: `${part.header.commitment.startsWith('0') ? '1' : '0'}${part.header.commitment.slice(1)}` } }, false],
    [{ ...part, keys: [{ ...part.keys[0]!, enc: flipped(part.keys[0]!.enc) }] }, true],
    [{ ...part, keys: [{ ...part.keys[0]!, sealed: flipped(part.keys[0]!.sealed) }] }, true],
    [{ ...part, keys: [{ ...part.keys[0]!, sealed: '不是编码' }] }, true],
  ]
  for (const [changed, isKeyAlone] of changes) {
    expect(await recoverKey(changed, holder)).toBeNull()
    // Whoever has the key already opens what the sealed key had nothing to do with, and nothing else.
    expect('content' in (await openPart(changed, key))).toBe(isKeyAlone)
  }
  const wrong = Uint8Array.from(key)
  wrong[0]! ^= 1
  expect(await openPart(part, wrong)).toEqual({ fault: 'other-commitment' })
})

test.each(['{"b":1,"a":2}', '{"a": 1}', 'no JSON', '{"a":1}\n'])('%s under a seal is not canonical, and no bid', async (plain) => {
  const key = crypto.getRandomValues(new Uint8Array(32))
  const part = await sealed()
  const { header } = part
  const commitment = createHash('sha256').update(`mingdan/bid-key/v1\0${header.tender}\0${header.bid}\0${header.part}\0`).update(key).digest('hex')
  const own = { ...header, commitment }
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: Buffer.from(canonical(own)) }, aes, Buffer.from(plain))
  expect(await openPart({ header: own, body: Buffer.from(body).toString('base64'), keys: [] }, key)).toEqual({ fault: 'not-canonical' })
})

test('the key of a tender is a real X25519 key pair, and the same every time', () => {
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), privateKey])
  const raw = Buffer.from(createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' }).x!, 'base64url')
  expect(raw.toString('hex')).toBe(publicKey)
  expect(sealingKey({ drawSeed: Buffer.alloc(32, 7) }, about.tender).publicKey).toBe(publicKey)
})

test('the library agrees with the first vector of RFC 9180', async ({ skip }) => {
  const vector = sharedData<Record<'ikmR' | 'skRm' | 'pkRm' | 'enc' | 'info', string> & { encryptions: Record<'pt' | 'aad' | 'ct', string>[] }>('hpke/rfc9180-a1-1.json')
  if (!vector) return skip()
  const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex')).buffer
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() })
  const { publicKey: derived } = await suite.kem.deriveKeyPair(bytes(vector.ikmR))
  expect(Buffer.from(await suite.kem.serializePublicKey(derived)).toString('hex')).toBe(vector.pkRm)
  const recipientKey = await suite.kem.importKey('raw', bytes(vector.skRm), false)
  const opener = await suite.createRecipientContext({ recipientKey, enc: bytes(vector.enc), info: bytes(vector.info) })
  for (const { pt, aad, ct } of vector.encryptions) expect(Buffer.from(await opener.open(bytes(ct), bytes(aad))).toString('hex')).toBe(pt)
})
