import { expect, test } from 'vitest'
import { hashOfToken, isDueForRotation, isLive, isTokenGood, SESSION_TIMES } from '#app/domain/accounts/session.ts'

const at = new Date('2026-11-20T02:00:00Z')
const ago = (milliseconds: number) => new Date(at.getTime() - milliseconds)
const session = { lastSeenAt: at, rotatedAt: at, expiresAt: new Date(at.getTime() + 1), revokedAt: null }

test('a session ends by its hour, by standing idle and by being revoked', () => {
  expect(isLive(session, at)).toBe(true)
  expect(isLive({ ...session, expiresAt: at }, at)).toBe(false)
  expect(isLive({ ...session, lastSeenAt: ago(SESSION_TIMES.idle) }, at)).toBe(false)
  expect(isLive({ ...session, lastSeenAt: ago(SESSION_TIMES.idle - 1) }, at)).toBe(true)
  expect(isLive({ ...session, revokedAt: at }, at)).toBe(false)
})

test('the token before the last is good until the new one was seen and the grace is over', () => {
  expect(isTokenGood({ current: true, unconfirmed: false, previousUntil: null }, at)).toBe(true)
  expect(isTokenGood({ current: false, unconfirmed: true, previousUntil: null }, at)).toBe(true)
  expect(isTokenGood({ current: false, unconfirmed: false, previousUntil: new Date(at.getTime() + 1) }, at)).toBe(true)
  expect(isTokenGood({ current: false, unconfirmed: false, previousUntil: at }, at)).toBe(false)
})

test('a token is renewed after its quarter hour, and again when the new one was lost', () => {
  const current = { current: true, unconfirmed: false, previousUntil: null }
  expect(isDueForRotation({ ...current, rotatedAt: ago(SESSION_TIMES.rotation - 1) }, at)).toBe(false)
  expect(isDueForRotation({ ...current, rotatedAt: ago(SESSION_TIMES.rotation) }, at)).toBe(true)
  const before = { current: false, unconfirmed: true, previousUntil: null }
  expect(isDueForRotation({ ...before, rotatedAt: ago(1000) }, at)).toBe(false)
  expect(isDueForRotation({ ...before, rotatedAt: ago(SESSION_TIMES.grace) }, at)).toBe(true)
})

test('the house keeps a hash of a token, never the token', () => {
  expect(hashOfToken('a'.repeat(43)).toString('hex')).toMatch(/^[0-9a-f]{64}$/)
  expect(hashOfToken('a'.repeat(43))).not.toEqual(hashOfToken('b'.repeat(43)))
})
