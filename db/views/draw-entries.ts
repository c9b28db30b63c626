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
       join ledger_entries own on own.id = moved.ledger_entry_id
       -- The correction is told just before the extension that it makes.
       left join lateral (
         select corrections.ledger_entry_id from tender_corrections corrections join ledger_entries told on told.id = corrections.ledger_entry_id
          where moved.cause = 'correction' and corrections.tender_id = moved.tender_id and told.ordinal < own.ordinal
          order by told.ordinal desc limit 1
       ) corrected on true
       join ledger_entries entries on entries.id in (own.id, corrected.ledger_entry_id)
      where moved.tender_id = :tenderId
      order by entries.ordinal`,
    { tenderId },
  )
  return rows.map(({ body }) => body)
}

/** Of an awarded direct selection its entries byte for byte, and the body of the bid that was awarded; undefined without an award. */
export async function findAcceptanceBodies(db: Database, tenderId: string): Promise<{ publication: string; acceptance: string; body: string; closing: string; award: string; declined: string | null } | undefined> {
  return (await db('awards')
    .join('tenders', 'tenders.id', 'awards.tender_id')
    .join('bids', 'bids.id', 'awards.bid_id')
    .join('tender_closings as closings', 'closings.tender_id', 'awards.tender_id')
    .join('ledger_entries as published', 'published.id', 'tenders.published_entry_id')
    .join('ledger_entries as accepted', 'accepted.id', 'bids.ledger_entry_id')
    .join('ledger_entries as closed', 'closed.id', 'closings.ledger_entry_id')
    .join('ledger_entries as awarded', 'awarded.id', 'awards.ledger_entry_id')
    .leftJoin('award_declines as declines', 'declines.bid_id', 'awards.bid_id')
    .leftJoin('ledger_entries as declined', 'declined.id', 'declines.ledger_entry_id')
    .where('awards.tender_id', tenderId)
    .first('bids.body', { publication: 'published.body', acceptance: 'accepted.body', closing: 'closed.body', award: 'awarded.body', declined: 'declined.body' })) as
    { publication: string; acceptance: string; body: string; closing: string; award: string; declined: string | null } | undefined
}

/** What the ledger says of the judges of a tender. */
const JUDGING = ['judge.invited', 'judge.declared', 'judge.stepped-back', 'judge.silent', 'judge.replaced', 'sheet.committed']

/** The judges' entries of a tender, byte for byte and in the order of the log: those before an entry, and those after it. What waits for its leaf is after all others. */
export async function findJudgingBodies(db: Database, tender: string, opening: string): Promise<{ seated: string[]; judged: string[] }> {
  const rows = (await db('ledger_entries as entries')
    .leftJoin('ledger_leaves as leaves', 'leaves.entry_id', 'entries.id')
    .where('entries.subject', tender)
    .whereIn('entries.kind', JUDGING)
    .orderBy([{ column: 'leaves.index', nulls: 'last' }, 'entries.ordinal'])
    .select('entries.body', db.raw('leaves.index < (select index from ledger_leaves where entry_id = ?) as early', [opening]))) as { body: string; early: boolean }[]
  const [before, after] = [rows.filter(({ early }) => early), rows.filter(({ early }) => !early)]
  return { seated: before.map(({ body }) => body), judged: after.map(({ body }) => body) }
}
