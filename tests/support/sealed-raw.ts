import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { createCipheriv } from 'node:crypto'
import { canonical, sha256 } from '#app/domain/ledger/canonical.ts'
import type { Holder } from '#app/domain/ledger/sealing-key.ts'

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const plain = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer

type About = { tender: string; rules: string; bid: string; uscc: string; holder: Holder; commitment?: string; damage?: boolean }

/**
 * Seals any bytes as the offer of a bid, by the words of docs/verification.md and none of the product's sealing code: what
 * comes out passes the door, and what is inside is whatever a stranger's program may have put there.
 */
export async function sealRaw(text: string | Buffer, { tender, rules, bid, uscc, holder, commitment, damage = false }: About, key: Buffer = Buffer.alloc(32, 7)): Promise<string> {
  const own = sha256(`mingdan/bid-key/v1\0${tender}\0${bid}\0offer\0`, key).toString('hex')
  const header = { format: 'mingdan-sealed-bid/v1', suite: 'intl-1', tender, rules, bid, uscc, part: 'offer', commitment: commitment ?? own, holders: [holder.id] }
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAAD(Buffer.from(canonical(header)))
  const body = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
  if (damage) body[0]! ^= 1
  const recipientPublicKey = await suite.kem.importKey('raw', plain(Buffer.from(holder.publicKey, 'hex')), true)
  const info = plain(Buffer.from(`mingdan/bid-seal/v1\0${tender}\0${rules}\0${holder.id}`))
  const sealed = await suite.seal({ recipientPublicKey, info }, key, sha256(canonical(header), body))
  const base64 = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64')
  return canonical({ format: 'mingdan-sealed-bid/v1', parts: [{ header, body: body.toString('base64'), keys: [{ holder: holder.id, enc: base64(sealed.enc), sealed: base64(sealed.ct) }] }] })
}
