import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { Refusal } from '../refusal.ts'

const MINUTE = 60

/**
 * How often who may try. A name is guarded against guessing from many places, an address against guessing many names.
 * The counts are the house's own; `points` tries in `duration` seconds.
 */
export const LIMITS = {
  'sign-in-name': { points: 10, duration: 15 * MINUTE },
  'sign-in-address': { points: 60, duration: 15 * MINUTE },
  'register-address': { points: 20, duration: 60 * MINUTE },
  'registration-draft': { points: 60, duration: 60 * MINUTE },
  'registration-step': { points: 600, duration: 60 * MINUTE },
  // Of people without an account: ten megabytes each.
  'registration-file': { points: 60, duration: 60 * MINUTE },
  'invitation-address': { points: 20, duration: 15 * MINUTE },
  'ask-address': { points: 60, duration: MINUTE },
  'report-address': { points: 12, duration: 60 * MINUTE },
  'receipt-address': { points: 60, duration: 15 * MINUTE },
  'comment-address': { points: 10, duration: 60 * MINUTE },
  'token-address': { points: 30, duration: 15 * MINUTE },
} as const

export type Limit = keyof typeof LIMITS

const limiters = new WeakMap<Knex, Map<Limit, RateLimiterPostgres>>()

function limiterOf(db: Knex, limit: Limit): RateLimiterPostgres {
  const own = limiters.get(db) ?? new Map<Limit, RateLimiterPostgres>()
  limiters.set(db, own)
  const limiter = own.get(limit) ?? new RateLimiterPostgres({ storeClient: db, storeType: 'knex', tableName: 'rate_limits', tableCreated: true, keyPrefix: limit, ...LIMITS[limit] })
  own.set(limit, limiter)
  return limiter
}

/** The key is a hash: the table tells nobody's address or sign-in name. */
function keyOf(who: string): string {
  return createHash('sha256').update('mingdan/throttle/v1\0').update(who).digest('base64url')
}

/**
 * Counts one try. The count is shared by every process and stands outside the caller's transaction, so a refused try counts too.
 *
 * @param who an address or a name
 * @throws Refusal `accounts.too-many` (throttled) with the minutes to wait
 */
export async function throttle(db: Knex, limit: Limit, who: string): Promise<void> {
  try {
    await limiterOf(db, limit).consume(keyOf(who))
  } catch (refused) {
    if (refused instanceof Error) throw refused
    const wait = (refused as { msBeforeNext: number }).msBeforeNext
    throw new Refusal('throttled', 'accounts.too-many', { params: { minutes: Math.max(1, Math.ceil(wait / (MINUTE * 1000))) } })
  }
}

/** Forgets a name's tries: whoever signed in was no guesser. */
export async function forgive(db: Knex, limit: Limit, who: string): Promise<void> {
  await limiterOf(db, limit).delete(keyOf(who))
}

/** Gives one try back: a good sign-in does not use up the address that a whole office shares. */
export async function giveBack(db: Knex, limit: Limit, who: string): Promise<void> {
  await limiterOf(db, limit).reward(keyOf(who))
}

/** What counts as one address: the whole of IPv4, the first half of IPv6, since one subscriber owns the other half. */
export function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::') as [string, string | undefined]
  const front = head === '' ? [] : head.split(':')
  const back = tail ? tail.split(':') : []
  const groups = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':') + '::/64'
}
