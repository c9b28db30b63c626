import type { Database } from '#app/domain/context.ts'

/** Ledger entries byte for byte, as their leaves were made of them. */
export async function findEntryBodies(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = (await db('ledger_entries').select('id', 'body').whereIn('id', [...ids])) as { id: string; body: string }[]
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/** The entries that moved a tender's deadline, in the order of the log: each extension, behind the correction for whose sake it was made. */
export async function listMoves(db: Database, tenderId: string): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { body: string }[] }>(
    `select entries.body
       from tender_extensions moved
       left join tender_corrections corrected on moved.cause = 'correction' and corrected.tender_id = moved.tender_id and corrected.corrected_at = moved.extended_at
       join lateral (values (0, corrected.ledger_entry_id), (1, moved.ledger_entry_id)) made (place, entry_id) on made.entry_id is not null
       join ledger_entries entries on entries.id = made.entry_id
      where moved.tender_id = :tenderId
      order by moved.ordinal, made.place`,
    { tenderId },
  )
  return rows.map(({ body }) => body)
}
