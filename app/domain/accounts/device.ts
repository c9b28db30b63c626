import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Keyring } from '../ledger/keyring.ts'

/** What a browser keeps of itself: chance alone, of which nothing of the machine can be read. */
export function newDeviceToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What the database keeps of a browser that published a tender or bid in it: 32 bytes that say "the same" within this one
 * tender and nothing else. One browser has another mark in every tender, so nobody can be followed from one to the next,
 * and without the keyring no mark can be made from a cookie.
 */
export function deviceMark({ tokenSecret }: Pick<Keyring, 'tokenSecret'>, { tender, token }: { tender: string; token: string }): Buffer {
  const key = Buffer.from(hkdfSync('sha256', tokenSecret, 'mingdan/device-mark/v1', tender, 32))
  return createHmac('sha256', key).update(token).digest()
}
