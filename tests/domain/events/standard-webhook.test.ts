import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { doubtOf, isSignedBy, sharedSecret, signWebhook, TOLERANCE_SECONDS } from '#app/domain/events/standard-webhook.ts'
import { RETRY_AFTER } from '#app/domain/events/retry-schedule.ts'
import { sharedData } from '#tests/support/shared-data.ts'
import { testKeyring } from '#tests/support/keyring.ts'

type Vectors = { sign: { secret: string; 'webhook-id': string; 'webhook-timestamp': string; body: string; 'webhook-signature': string }[]; verify_cases: { name: string; expect: 'accept' | 'reject' }[]; tolerance_seconds: number; retry_schedule_seconds_example: number[] }
const vectors = sharedData<Vectors>('standard-webhooks/vectors.json')

// Facts of the standard's own tests, so that something is checked where the folder is absent.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const AT = new Date(1_614_265_330_000)
const BODY = '{"test": 2432232314}'
const RIGHT = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const WRONG = 'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc='

test('a message is signed as the standard signs it', () => {
  expect(signWebhook({ id: ID, at: AT, body: BODY }, { secret: SECRET, keys: [] })).toEqual({ 'webhook-id': ID, 'webhook-timestamp': '1614265330', 'webhook-signature': RIGHT })
})

test.skipIf(!vectors)('the published vectors are signed and their bounds kept', () => {
  for (const one of vectors!.sign) {
    const signed = signWebhook({ id: one['webhook-id'], at: new Date(Number(one['webhook-timestamp']) * 1000), body: one.body }, { secret: one.secret, keys: [] })
    expect(signed['webhook-signature']).toBe(one['webhook-signature'])
  }
  expect(vectors!.tolerance_seconds).toBe(TOLERANCE_SECONDS)
  expect(RETRY_AFTER.map((wait) => wait / 1000)).toEqual(vectors!.retry_schedule_seconds_example)
  expect(vectors!.verify_cases.map(({ name }) => name)).toHaveLength(5)
})

type Case = [name: string, headers: Record<string, string>, more: { secret?: string; at?: Date; body?: string }, doubt: ReturnType<typeof doubtOf>]
const sent = { 'webhook-id': ID, 'webhook-timestamp': '1614265330', 'webhook-signature': RIGHT }
const without = (name: string) => Object.fromEntries(Object.entries(sent).filter(([one]) => one !== name))
const signedAt = (at: Date) => signWebhook({ id: ID, at, body: BODY }, { secret: SECRET, keys: [] }) as Record<string, string>
const seconds = (count: number) => new Date(AT.getTime() + count * 1000)

test.for<Case>([
  ['a secret with its prefix', sent, {}, null],
  ['a secret without its prefix', sent, { secret: SECRET.slice('whsec_'.length) }, null],
  ['one right signature among wrong and unknown ones', { ...sent, 'webhook-signature': `${WRONG} v2,Ceo5qEr0= ${RIGHT} v1a,AAAA` }, {}, null],
  ['an unknown version over the right bytes', { ...sent, 'webhook-signature': RIGHT.replace('v1,', 'v2,') }, {}, 'wrong'],
  ['a wrong signature', { ...sent, 'webhook-signature': WRONG }, {}, 'wrong'],
  ['another secret', sent, { secret: 'whsec_AAAA' }, 'wrong'],
  ['a body with one blank more', sent, { body: `${BODY} ` }, 'wrong'],
  ['another id', { ...sent, 'webhook-id': 'msg_other' }, {}, 'wrong'],
  ['no id', without('webhook-id'), {}, 'unsigned'],
  ['no timestamp', without('webhook-timestamp'), {}, 'unsigned'],
  ['no signature', without('webhook-signature'), {}, 'unsigned'],
  ['a timestamp that is no number', { ...sent, 'webhook-timestamp': 'hello' }, {}, 'unsigned'],
  ['a clock five minutes behind', signedAt(seconds(-TOLERANCE_SECONDS)), {}, null],
  ['a clock five minutes ahead', signedAt(seconds(TOLERANCE_SECONDS)), {}, null],
  ['a second more behind', signedAt(seconds(-TOLERANCE_SECONDS - 1)), {}, 'stale'],
  ['a second more ahead', signedAt(seconds(TOLERANCE_SECONDS + 1)), {}, 'stale'],
])('%s: as it should be', ([, headers, { secret = SECRET, at = AT, body = BODY }, doubt]) => {
  expect(doubtOf(new Headers(headers), body, { secret, at })).toBe(doubt)
})

test('the second signature is checked with a published key, and every live key signs', () => {
  const keys = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
  const headers = signWebhook({ id: ID, at: AT, body: BODY }, { secret: SECRET, keys })
  expect(headers['webhook-signature'].split(' ').map((one) => one.split(',')[0])).toEqual(['v1', 'v1a', 'v1a'])
  for (const { publicKey } of keys) {
    expect(isSignedBy(publicKey, headers, BODY)).toBe(true)
    expect(isSignedBy(publicKey, headers, `${BODY} `)).toBe(false)
  }
  expect(isSignedBy(generateKeyPairSync('ed25519').publicKey, headers, BODY)).toBe(false)
})

test('a secret comes from the keyring and the id alone, and differs by either and by its purpose', () => {
  const keyring = testKeyring()
  const secret = sharedSecret(keyring, 'webhook', 'one')
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(sharedSecret(testKeyring(), 'webhook', 'one')).toBe(secret)
  const others = [sharedSecret(keyring, 'webhook', 'two'), sharedSecret(keyring, 'event-source', 'one'), sharedSecret({ tokenSecret: Buffer.alloc(32) }, 'webhook', 'one')]
  expect(new Set([secret, ...others]).size).toBe(4)
})
