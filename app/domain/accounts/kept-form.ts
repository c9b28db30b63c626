import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What somebody typed, field by field; a field that was sent twice is a list. */
export type FormValues = Record<string, string | string[]>

/** How long a form is kept over an ended session: time to find one's password, and no more (OWASP ASVS 5.0, 14.2). */
export const KEPT_FOR = 30 * 60 * 1000

/** What is longer is not kept: the longest form of ours has a few thousand characters. */
const MOST_BYTES = 64 * 1024

const TOKEN_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const LABEL = 'mingdan/kept-form/v1'

/** A token for the browser's cookie; the database holds what it opens and never the token itself. */
export function newFormToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** Under which name the database keeps the form of a token. */
export function formNameOf(token: string): Buffer {
  return derived(token, 'name')
}

/** Leaves out what must not lie anywhere, passwords, and answers null where nothing or too much is left. */
export function keepable(values: FormValues): FormValues | null {
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !/password|secret|token/i.test(name)))
  if (!Object.keys(kept).length || Buffer.byteLength(JSON.stringify(kept)) > MOST_BYTES) return null
  return kept
}

/** Seals a form with its token, for one path: who reads the database reads nothing, and a row moved to another path opens nothing. */
export function sealForm(token: string, path: string, values: FormValues): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', derived(token, 'key'), nonce).setAAD(Buffer.from(path))
  return Buffer.concat([nonce, cipher.update(JSON.stringify(values), 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Opens it again; null for a wrong token, another path, or a byte that was changed. */
export function openForm(token: string, path: string, sealed: Buffer): FormValues | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', derived(token, 'key'), sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(path))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
    return JSON.parse(text) as FormValues
  } catch {
    return null
  }
}

function derived(token: string, purpose: 'name' | 'key'): Buffer {
  return Buffer.from(hkdfSync('sha256', token, LABEL, purpose, 32))
}
