import type { Database } from '#app/domain/context.ts'

export type KeptAnswer = { clientId: string; key: string; requestHash: Buffer; status: number; body: string; createdAt: Date; expiresAt: Date }

/**
 * Keeps an answer in the same statement as what it answers, to stand after `with` and a comma. It yields one row, or none
 * where another answer that still counts is kept under the key; an expired one is written over.
 */
export const KEEP_ANSWER_CTE = `
  kept_answer as (
    insert into idempotency_keys (client_id, key, request_hash, status, body, created_at, expires_at)
    select cast(:kept_client as text), :kept_key, cast(:kept_hash as bytea), cast(:kept_status as integer), :kept_body, cast(:kept_at as timestamptz), cast(:kept_until as timestamptz)
    where cast(:kept_client as text) is not null
    on conflict (client_id, key) do update
      set request_hash = excluded.request_hash, status = excluded.status, body = excluded.body, created_at = excluded.created_at, expires_at = excluded.expires_at
      where idempotency_keys.expires_at <= excluded.created_at
    returning client_id
  )`

/** The bindings of {@link KEEP_ANSWER_CTE}; null keeps nothing, and then its row does not come. */
export function keptAnswerBindings(answer: KeptAnswer | null): Record<`kept_${string}`, string | number | Buffer | Date | null> {
  return {
    kept_client: answer?.clientId ?? null,
    kept_key: answer?.key ?? null,
    kept_hash: answer?.requestHash ?? null,
    kept_status: answer?.status ?? null,
    kept_body: answer?.body ?? null,
    kept_at: answer?.createdAt ?? null,
    kept_until: answer?.expiresAt ?? null,
  }
}

/** Keeps an answer by itself: a refusal, which wrote nothing else. The first one wins. */
export async function insertKeptAnswer(db: Database, answer: KeptAnswer): Promise<void> {
  await db.raw(`with ${KEEP_ANSWER_CTE} select count(*) from kept_answer`, keptAnswerBindings(answer) as never)
}

/** The answer kept under a key, if it still counts. */
export async function findKeptAnswer(db: Database, { clientId, key, at }: { clientId: string; key: string; at: Date }): Promise<Pick<KeptAnswer, 'requestHash' | 'status' | 'body'> | undefined> {
  return db('idempotency_keys').select({ requestHash: 'request_hash' }, 'status', 'body').where({ client_id: clientId, key }).where('expires_at', '>', at).first()
}

/** Tries to hold a key until the transaction ends; false where somebody is answering under it now. The guard's read tries the same lock. */
export async function tryKey(db: Database, { clientId, key }: { clientId: string; key: string }): Promise<boolean> {
  const { rows } = await db.raw<{ rows: [{ held: boolean }] }>('select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as held', [`${clientId}:${key}`])
  return rows[0].held
}
