import type { Database } from '#app/domain/context.ts'

/** Ledger entries byte for byte, as their leaves were made of them. */
export async function findEntryBodies(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = (await db('ledger_entries').select('id', 'body').whereIn('id', [...ids])) as { id: string; body: string }[]
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/** What the ledger says of the judges of a tender. */
const JUDGING = ['judge.invited', 'judge.declared', 'judge.stepped-back', 'judge.silent', 'judge.replaced', 'sheet.committed']

/** The judges' entries of a tender, byte for byte and in the order of the log: those before an entry, and those after it. */
export async function findJudgingBodies(db: Database, tender: string, opening: string): Promise<{ seated: string[]; judged: string[] }> {
  const rows = (await db('ledger_entries as entries')
    .join('ledger_leaves as leaves', 'leaves.entry_id', 'entries.id')
    .where('entries.subject', tender)
    .whereIn('entries.kind', JUDGING)
    .orderBy('leaves.index')
    .select('entries.body', db.raw('leaves.index < (select index from ledger_leaves where entry_id = ?) as early', [opening]))) as { body: string; early: boolean }[]
  const [before, after] = [rows.filter(({ early }) => early), rows.filter(({ early }) => !early)]
  return { seated: before.map(({ body }) => body), judged: after.map(({ body }) => body) }
}
