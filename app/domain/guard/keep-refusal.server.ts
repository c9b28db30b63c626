import type { Client } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findKeptAnswer, insertKeptAnswer, tryKey } from '#db/repositories/idempotency-keys.ts'

type Kept = { status: number; body: string }

/**
 * Keeps a refusal under its Idempotency-Key, or gives back what the key answered first.
 *
 * @throws Refusal `guard.still-running` while the key is being answered, `guard.other-request` where it answered another request
 */
export async function keepRefusal(context: Context & { actor: Client }, { key, requestHash, status, body, hours }: Kept & { key: string; requestHash: string; hours: number }): Promise<Kept> {
  const { clientId } = context.actor
  return transact(context.db, async (trx) => {
    if (!(await tryKey(trx, { clientId, key }))) throw new Refusal('conflict', 'guard.still-running')
    const at = await context.clock.read(trx)
    const first = await findKeptAnswer(trx, { clientId, key, at })
    if (first && first.requestHash.toString('hex') !== requestHash) throw new Refusal('invalid', 'guard.other-request')
    if (first) return { status: first.status, body: first.body }
    await insertKeptAnswer(trx, { clientId, key, requestHash: Buffer.from(requestHash, 'hex'), status, body, createdAt: at, expiresAt: new Date(at.getTime() + hours * 3_600_000) })
    return { status, body }
  })
}
