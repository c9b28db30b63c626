import type { Database } from '#app/domain/context.ts'

/** Ledger entries byte for byte, as their leaves were made of them. */
export async function findEntryBodies(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = (await db('ledger_entries').select('id', 'body').whereIn('id', [...ids])) as { id: string; body: string }[]
  return new Map(rows.map(({ id, body }) => [id, body]))
}
