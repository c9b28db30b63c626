import { createHmac, timingSafeEqual } from 'node:crypto'

const TOLERANCE_SECONDS = 300

/** Why a message is not believed; null where it is (Standard Webhooks 1.0, `v1`). */
export function doubtOf(headers: Record<string, string | string[] | undefined>, body: string, { secret, now }: { secret: string; now: number }): 'unsigned' | 'wrong' | 'stale' | null {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name])
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string' || !/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const right = Buffer.from(signatureOf({ id, timestamp, body }, secret))
  const isRight = signatures.split(' ').some((given) => Buffer.byteLength(given) === right.length && timingSafeEqual(Buffer.from(given), right))
  if (!isRight) return 'wrong'
  return Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS ? 'stale' : null
}

/** `v1,` and the HMAC-SHA256 over id, timestamp and body, by the secret behind `whsec_`. */
export function signatureOf({ id, timestamp, body }: { id: string; timestamp: string; body: string }, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
