import { createHmac, hkdfSync, sign as signBytes, timingSafeEqual, verify as verifyBytes, type KeyObject } from 'node:crypto'
import type { Keyring, SigningKey } from '#app/domain/ledger/keyring.ts'

/** What a signature goes over: the event's id, the second of sending, and the body as it is sent (Standard Webhooks 1.0). */
export type Message = { id: string; at: Date; body: string }
export type SignedHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }

/** How far the sender's clock may be from ours, either way. */
export const TOLERANCE_SECONDS = 300
const SECRET_PREFIX = 'whsec_'
const SECRET_BYTES = 32

/**
 * The secret shared with one receiver or sender. It is derived from the keyring (HKDF-SHA256), so that it stands in no
 * table, no backup of one and no log; a new registration has a new id and so a new secret.
 */
export function sharedSecret({ tokenSecret }: Pick<Keyring, 'tokenSecret'>, purpose: 'webhook' | 'event-source', id: string): string {
  return SECRET_PREFIX + Buffer.from(hkdfSync('sha256', tokenSecret, '', `mingdan/${purpose}-secret/v1\0${id}`, SECRET_BYTES)).toString('base64')
}

/** The three headers: `v1` by the shared secret, and `v1a` by every live key of the keyring for webhooks, so that a receiver can follow a rotation. */
export function signWebhook({ id, at, body }: Message, { secret, keys }: { secret: string; keys: readonly Pick<SigningKey, 'privateKey'>[] }): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const content = signedContent(id, timestamp, body)
  const signatures = [hmacOf(secret, content), ...keys.map(({ privateKey }) => `v1a,${signBytes(null, content, privateKey).toString('base64')}`)]
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** Why a message is not believed. */
export type Doubt = 'unsigned' | 'stale' | 'wrong'

/** Checks one message that came in against the shared secret. One right signature among several is enough; other versions are passed over. */
export function doubtOf(headers: Pick<Headers, 'get'>, body: string, { secret, at }: { secret: string; at: Date }): Doubt | null {
  const [id, timestamp, signatures] = [headers.get('webhook-id'), headers.get('webhook-timestamp'), headers.get('webhook-signature')]
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const right = Buffer.from(hmacOf(secret, signedContent(id, timestamp, body)))
  const isRight = signatures.split(' ').some((given) => isSame(Buffer.from(given), right))
  if (!isRight) return 'wrong'
  return Math.abs(at.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS ? 'stale' : null
}

/** Does one of the signatures come from the holder of this key? What a receiver does with `v1a`. */
export function isSignedBy(publicKey: KeyObject, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures }: SignedHeaders, body: string): boolean {
  const content = signedContent(id, timestamp, body)
  return signatures.split(' ').some((one) => one.startsWith('v1a,') && verifyBytes(null, content, publicKey, Buffer.from(one.slice(4), 'base64')))
}

function signedContent(id: string, timestamp: string, body: string): Buffer {
  return Buffer.from(`${id}.${timestamp}.${body}`)
}

function hmacOf(secret: string, content: Buffer): string {
  const key = Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, 'base64')
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
