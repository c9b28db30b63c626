import { createDecipheriv } from 'node:crypto'

/* The cipher of sealed bids, by Node; `package.json` names this file `#verify/cipher`, and for browsers its twin cipher-browser.ts. */

/** Whether this place has the cipher at all. */
export const canDecrypt = (): boolean => true

const TAG_BYTES = 16

/** AES-256-GCM with a nonce of zeros. @returns undefined where the tag is not that of key, ciphertext and `beside` */
export function decrypt(key: Uint8Array, sealed: Uint8Array, beside: Uint8Array): Uint8Array | undefined {
  if (sealed.length < TAG_BYTES) return undefined
  const cipher = createDecipheriv('aes-256-gcm', key, new Uint8Array(12)).setAAD(beside).setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()])
  } catch {
    return undefined
  }
}
