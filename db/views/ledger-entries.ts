import type { Database } from '#app/domain/context.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import type { StoredEntry } from '#app/domain/ledger/entry.ts'

type Asked = { before?: number; after?: number; subject?: string; most: number }

/** Entries newest first, or one subject's oldest first, each with its place in the tree if it has one. */
export async function listEntries(db: Database, { before, after, subject, most }: Asked): Promise<StoredEntry[]> {
  const rows = await entries(db)
    .modify((query) => {
      if (subject !== undefined) query.where('entry.subject', subject)
      if (before !== undefined) query.where('entry.ordinal', '<', before)
      if (after !== undefined) query.where('entry.ordinal', '>', after)
    })
    .orderBy('entry.ordinal', subject === undefined ? 'desc' : 'asc')
    .limit(most)
  return rows.map(entryOf)
}

/** One entry by its id, or by the leaf hash that a receipt names. */
export async function findEntry(db: Database, by: { id: string } | { leafHash: Buffer }): Promise<StoredEntry | undefined> {
  const row = await entries(db).where('id' in by ? { 'entry.id': by.id } : { 'entry.leaf_hash': by.leafHash }).first()
  return row && entryOf(row)
}

export async function hasSubject(db: Database, subject: string): Promise<boolean> {
  return (await db('ledger_entries').select('id').where({ subject }).first()) !== undefined
}

/** Long facts by their hash, byte for byte. */
export async function findPayload(db: Database, hash: Buffer): Promise<string | undefined> {
  const row = await db('ledger_payloads').select<{ body: string }[]>('body').where({ hash }).first()
  return row?.body
}

function entries(db: Database) {
  return db('ledger_entries as entry')
    .leftJoin('ledger_leaves as leaf', 'leaf.entry_id', 'entry.id')
    .select<EntryRow[]>('entry.id', 'entry.ordinal', 'entry.body', 'entry.leaf_hash', 'entry.recorded_at', 'leaf.index')
}

type EntryRow = { id: string; ordinal: number; body: string; leaf_hash: Buffer; recorded_at: Date; index: number | null }

function entryOf({ id, ordinal, body, leaf_hash, recorded_at, index }: EntryRow): StoredEntry {
  const { kind, subject, division, facts, at, payload } = JSON.parse(body) as { kind: string; subject: string; division: string; facts: Record<string, Json>; at: string; payload?: string }
  return { id, ordinal, body, kind, subject, division, facts, at, payload: payload ?? null, recordedAt: recorded_at.toISOString(), leafHash: leaf_hash.toString('hex'), index }
}
