import type { Database } from '#app/domain/context.ts'

export type KeptFormRow = { name: Buffer; accountId: string; path: string; sealed: Buffer; keptAt: Date; expiresAt: Date }

/** Keeps a person's form in the place of the one before. */
export async function saveKeptForm(db: Database, { name, accountId, path, sealed, keptAt, expiresAt }: KeptFormRow): Promise<void> {
  await db('kept_forms').insert({ token_hash: name, account_id: accountId, path, sealed, kept_at: keptAt, expires_at: expiresAt }).onConflict('account_id').merge()
}

/** By the hash of a browser's token, expired or not and whosever: the caller asks both. What it holds is sealed. */
export async function findKeptForm(db: Database, name: Buffer): Promise<KeptFormRow | undefined> {
  const row = await db('kept_forms').where({ token_hash: name }).first()
  return row && { name: row.token_hash, accountId: row.account_id, path: row.path, sealed: row.sealed, keptAt: row.kept_at, expiresAt: row.expires_at }
}
