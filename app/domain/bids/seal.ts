import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { canonical } from '../ledger/canonical-json.ts'
import type { Holder } from '../ledger/sealing-key.ts'

/*
 * The sealed bid, as docs/verification.md writes it down: the same code seals in the bidder's browser and at the door of
 * the server, so it knows WebCrypto alone and nothing of Node.
 */

export const SEALED_FORMAT = 'mingdan-sealed-bid/v1'
const SUITE = 'intl-1'
const KEY_BYTES = 32
/** Each content key encrypts one text, once; so its nonce may be all zeros. */
const NONCE = new Uint8Array(12)

/** `offer` holds what is compared; `plan` holds what judges read, and may stay sealed for longer. */
export const PARTS = ['offer', 'plan'] as const
export type PartName = (typeof PARTS)[number]

/** The holders are those whom the publication of the tender named. */
export type { Holder }

/** What a sealed text is about. Its canonical JSON is bound to the ciphertext, so that nothing sealed can be moved elsewhere. */
export type SealedHeader = {
  format: typeof SEALED_FORMAT
  suite: string
  tender: string
  rules: string
  bid: string
  uscc: string
  part: PartName
  /** SHA-256("mingdan/bid-key/v1" ‖ 0 ‖ tender ‖ 0 ‖ bid ‖ 0 ‖ part ‖ 0 ‖ content key) in hex: one ciphertext has one opening. */
  commitment: string
  holders: string[]
  /** Where no holder alone can open it (two-keys.ts): how many together can, and SHA-256(share ‖ salt) in hex of each one's share. */
  mode?: 'two-keys'
  threshold?: number
  shares?: string[]
}

export type SealedKey = { holder: string; enc: string; sealed: string }
export type SealedPart = { header: SealedHeader; body: string; keys: SealedKey[] }
/** The whole sealed bid. The hash of its canonical JSON is what the receipt and the ledger name. */
export type Envelope = { format: typeof SEALED_FORMAT; parts: SealedPart[] }

/** Why a bid that arrived cannot be opened. Such a bid is invalid and blocks nobody. */
export type SealFault = 'key-not-recovered' | 'other-commitment' | 'not-decrypted' | 'not-canonical'

/** Random bytes, so many. */
type Bytes = (count: number) => Uint8Array
type About = { tender: string; rules: string; bid: string; uscc: string }
export type Sealable = About & { holders: readonly Holder[]; bytes?: Bytes }
/** What each holder is given of a content key, in their order, and what the header says of it. */
export type Deal = (key: Uint8Array, holders: readonly Holder[]) => Promise<{ header: Pick<SealedHeader, 'mode' | 'threshold' | 'shares'>; secrets: Uint8Array[] }>

/** Every holder is given the whole key. */
const toEach: Deal = async (key, holders) => ({ header: {}, secrets: holders.map(() => key) })

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

/**
 * Seals the parts of a bid, each under a content key of its own, which is sealed to every holder (HPKE, RFC 9180, base mode).
 *
 * @param contents what each part says; JSON
 * @param bytes where content keys and the keys of the exchange come from; the browser's own chance unless a story is told
 * @returns the canonical JSON of the envelope
 */
export async function sealBid(contents: Partial<Record<PartName, unknown>>, given: Sealable): Promise<string> {
  return (await sealWithKeys(contents, given)).envelope
}

/** The same, with the content keys, which whoever sealed may keep: with them the bidder can show at any time what was sealed. */
export async function sealWithKeys(contents: Partial<Record<PartName, unknown>>, { holders, bytes, deal = toEach, ...about }: Sealable & { deal?: Deal }): Promise<{ envelope: string; keys: Partial<Record<PartName, Uint8Array>> }> {
  const parts: SealedPart[] = []
  const keys: Partial<Record<PartName, Uint8Array>> = {}
  for (const name of PARTS) {
    if (contents[name] === undefined) continue
    const { part, key } = await sealPart(name, contents[name], about, { holders, deal, bytes })
    parts.push(part)
    keys[name] = key
  }
  return { envelope: canonical({ format: SEALED_FORMAT, parts } satisfies Envelope), keys }
}

async function sealPart(part: PartName, content: unknown, { tender, rules, bid, uscc }: About, { holders, deal, bytes }: { holders: readonly Holder[]; deal: Deal; bytes: Bytes | undefined }): Promise<{ part: SealedPart; key: Uint8Array }> {
  const key = bytes ? Uint8Array.from(bytes(KEY_BYTES)) : crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const commitment = await keyCommitment({ tender, bid, part }, key)
  const { header: dealt, secrets } = await deal(key, holders)
  const header: SealedHeader = { format: SEALED_FORMAT, suite: SUITE, tender, rules, bid, uscc, part, commitment, holders: holders.map(({ id }) => id), ...dealt }
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: NONCE, additionalData: utf8(canonical(header)) }, await contentKey(key, 'encrypt'), utf8(canonical(content))))
  const aad = await keyContext(header, body)
  const keys = await Promise.all(
    holders.map(async ({ id, publicKey }, place) => {
      // Taken before anything is waited for, so that given bytes go to the holders in their order.
      const ekm = bytes && Uint8Array.from(bytes(KEY_BYTES)).buffer
      const recipientPublicKey = await suite.kem.importKey('raw', fromHex(publicKey).buffer, true)
      const sealed = await suite.seal({ recipientPublicKey, info: holderInfo(header, id), ...(ekm && { ekm }) }, secrets[place]!, aad)
      return { holder: id, enc: toBase64(new Uint8Array(sealed.enc)), sealed: toBase64(new Uint8Array(sealed.ct)) }
    }),
  )
  return { part: { header, body: toBase64(body), keys }, key }
}

/** Opens a holder's copy of the content key; null where it is sealed to another key or was changed. */
export async function recoverKey(part: SealedPart, holder: { id: string; privateKey: Uint8Array }): Promise<Uint8Array | null> {
  const key = await openSecret(part, holder)
  return key?.length === KEY_BYTES ? key : null
}

/** Opens what was sealed to a holder, be it the content key or a share of it; null where it does not open. */
export async function openSecret({ header, body, keys }: SealedPart, holder: { id: string; privateKey: Uint8Array }): Promise<Uint8Array | null> {
  const mine = keys.find((key) => key.holder === holder.id)
  if (!mine) return null
  try {
    const recipientKey = await suite.kem.importKey('raw', Uint8Array.from(holder.privateKey).buffer, false)
    const secret = await suite.open({ recipientKey, enc: fromBase64(mine.enc), info: holderInfo(header, holder.id) }, fromBase64(mine.sealed), await keyContext(header, fromBase64(body)))
    return new Uint8Array(secret)
  } catch {
    return null
  }
}

/**
 * Opens a part with its content key, as anybody can once the key is published: first the commitment, then the ciphertext,
 * and what comes out must be canonical, so that one bid has one text.
 */
export async function openPart({ header, body }: SealedPart, key: Uint8Array): Promise<{ content: unknown } | { fault: SealFault }> {
  if (!(await commits(header, key))) return { fault: 'other-commitment' }
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: NONCE, additionalData: utf8(canonical(header)) }, await contentKey(key, 'decrypt'), fromBase64(body))
    return readCanonical(plain)
  } catch {
    return { fault: 'not-decrypted' }
  }
}

function readCanonical(plain: ArrayBuffer): { content: unknown } | { fault: SealFault } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
    const content = JSON.parse(text) as unknown
    return canonical(content) === text ? { content } : { fault: 'not-canonical' }
  } catch {
    return { fault: 'not-canonical' }
  }
}

/** Is this the one key that the header commits to? */
export async function commits(header: SealedHeader, key: Uint8Array): Promise<boolean> {
  return (await keyCommitment(header, key)) === header.commitment
}

/** What the header says of a holder's share. */
export async function shareHash(share: Uint8Array, salt: Uint8Array): Promise<string> {
  return toHex(await sha256(share, salt))
}

async function keyCommitment({ tender, bid, part }: Pick<SealedHeader, 'tender' | 'bid' | 'part'>, key: Uint8Array): Promise<string> {
  return toHex(await sha256(utf8(`mingdan/bid-key/v1\0${tender}\0${bid}\0${part}\0`), key))
}

const holderInfo = ({ tender, rules }: SealedHeader, holder: string) => utf8(`mingdan/bid-seal/v1\0${tender}\0${rules}\0${holder}`)
/** What a sealed key is bound to: this header, with this ciphertext. */
const keyContext = (header: SealedHeader, body: Uint8Array) => sha256(utf8(canonical(header)), body)
const contentKey = (key: Uint8Array, use: 'encrypt' | 'decrypt') => crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, [use])

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
