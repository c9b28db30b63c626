import type { Knex } from 'knex'
import type { Client } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findKeptAnswer, insertKeptAnswer, tryKey } from '#db/repositories/idempotency-keys.ts'
import { KEEP_HOURS } from './idempotency.ts'

export type Answered = { status: number; body: string }

/**
 * Runs a verb of a machine in one transaction with its answer, so that the same key never does it twice
 * (Idempotency-Key, draft-07 of the IETF): a crash leaves neither the act nor the answer.
 *
 * @param make the verb's work; what it answers is kept for 72 hours
 * @throws Refusal `guard.still-running` while the key is being answered, `guard.other-request` where it answered another request
 */
export async function answerOnce(context: Context & { actor: Client }, { key, requestHash }: { key: string; requestHash: string }, make: (trx: Knex.Transaction) => Promise<Answered>): Promise<Answered & { replayed: boolean }> {
  const { clientId } = context.actor
  return transact(context.db, async (trx) => {
    if (!(await tryKey(trx, { clientId, key }))) throw new Refusal('conflict', 'guard.still-running')
    const at = await context.clock.read(trx)
    const first = await findKeptAnswer(trx, { clientId, key, at })
    if (first && first.requestHash.toString('hex') !== requestHash) throw new Refusal('invalid', 'guard.other-request')
    if (first) return { status: first.status, body: first.body, replayed: true }
    const answer = await make(trx)
    await insertKeptAnswer(trx, { clientId, key, requestHash: Buffer.from(requestHash, 'hex'), ...answer, createdAt: at, expiresAt: new Date(at.getTime() + KEEP_HOURS * 3_600_000) })
    return { ...answer, replayed: false }
  })
}
