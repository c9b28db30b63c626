import { canonical } from '../ledger/canonical-json.ts'

/*
 * The key with which an organisation opens its shares: made where its people sit, kept by them as a file under a passphrase. It
 * knows WebCrypto alone, so that the same code runs in the browser and in tests.
 */

export const KEY_FORMAT = 'mingdan-opening-key/v1'
/** As OWASP advises for PBKDF2 with SHA-256. */
const ITERATIONS = 600_000
export const LEAST_PASSPHRASE = 12

type Head = { format: typeof KEY_FORMAT; suite: 'intl-1'; publicKey: string; kdf: { name: 'PBKDF2-SHA256'; iterations: number; salt: string } }
/** `sealed` is the private key under AES-256-GCM with the head as associated data; each file has a salt, and so a key, of its own. */
export type KeyFile = Head & { about: string; sealed: string }

export type Unlocked = { publicKey: string; privateKey: Uint8Array }

/** Makes a key pair and its file. @param about a sentence for whoever finds the file */
export async function makeOpeningKey(passphrase: string, about: string, iterations = ITERATIONS): Promise<{ publicKey: string; file: string }> {
  const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])) as CryptoKeyPair
  const { d, x } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const head: Head = { format: KEY_FORMAT, suite: 'intl-1', publicKey: toHex(fromUrl(x!)), kdf: { name: 'PBKDF2-SHA256', iterations, salt: toHex(crypto.getRandomValues(new Uint8Array(16))) } }
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: bound(head) }, await keyFrom(passphrase, head), fromUrl(d!))
  return { publicKey: head.publicKey, file: JSON.stringify({ about, ...head, sealed: toHex(new Uint8Array(sealed)) } satisfies KeyFile, null, 2) }
}

/** Opens a key file; `no-file` where it is none, `other-passphrase` where it does not open or was changed. */
export async function unlockOpeningKey(text: string, passphrase: string): Promise<Unlocked | { fault: 'no-file' | 'other-passphrase' }> {
  const file = readFile(text)
  if (!file) return { fault: 'no-file' }
  const { format, suite, publicKey, kdf } = file
  const head: Head = { format, suite, publicKey, kdf }
  try {
    const privateKey = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: bound(head) }, await keyFrom(passphrase, head), fromHex(file.sealed))
    return { publicKey, privateKey: new Uint8Array(privateKey) }
  } catch {
    return { fault: 'other-passphrase' }
  }
}

function readFile(text: string): KeyFile | null {
  try {
    const file = JSON.parse(text) as KeyFile
    const { iterations, salt } = file.kdf
    const isKey = file.format === KEY_FORMAT && [file.publicKey, file.sealed, salt].every((hex) => /^([0-9a-f]{2})+$/.test(hex))
    // A file that asks for more work than ours ever did wants to hang the browser.
    return isKey && Number.isSafeInteger(iterations) && iterations > 0 && iterations <= 10 * ITERATIONS ? file : null
  } catch {
    return null
  }
}

async function keyFrom(passphrase: string, { kdf: { iterations, salt } }: Head): Promise<CryptoKey> {
  // The same passphrase typed on another keyboard may be spelled by other code points.
  const typed = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(salt), iterations }, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const bound = (head: Head): Uint8Array<ArrayBuffer> => utf8(canonical(head))
/** Two lower-case digits a byte. Not Node's `Buffer`, since it runs in the browser too. */
export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const fromUrl = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
