import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { NodeAt, NodeName } from '#app/domain/ledger/merkle.ts'

const SEQUENCER_LOCK = 4_907_234

export type PendingEntry = { id: string; leafHash: Buffer; recordedAt: Date }
export type NewLeaf = { index: number; entryId: string; leafHash: Buffer }
export type NewNode = { level: number; index: number; hash: Buffer }
export type CheckpointRow = { size: number; root: Buffer; keyId: string; note: string; signedAt: Date }

/** Is this transaction the one sequencer? It stays so until it ends. */
export async function lockSequencer(trx: Knex.Transaction): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: [{ mine: boolean }] }>('select pg_try_advisory_xact_lock(?) as mine', [SEQUENCER_LOCK])
  return rows[0].mine
}

/** Committed entries that have no leaf yet, in the order of their making. */
export async function listPending(trx: Knex.Transaction, most: number): Promise<PendingEntry[]> {
  return trx('ledger_pending')
    .join('ledger_entries', 'ledger_entries.id', 'ledger_pending.entry_id')
    .select('ledger_entries.id', 'ledger_entries.leaf_hash as leafHash', 'ledger_entries.recorded_at as recordedAt')
    .orderBy('ledger_entries.ordinal')
    .limit(most)
}

/** How many entries wait, and since when the first of them. */
export async function countPending(db: Database): Promise<{ waiting: number; oldest: Date | null }> {
  const [row] = await db('ledger_pending')
    .join('ledger_entries', 'ledger_entries.id', 'ledger_pending.entry_id')
    .select<{ waiting: number; oldest: Date | null }[]>(db.raw('count(*)::int as waiting'), db.raw('min(ledger_entries.recorded_at) as oldest'))
  return row!
}

/** How many leaves the tree has. */
export async function treeSize(db: Database): Promise<number> {
  const last = await db('ledger_leaves').select<{ index: number }[]>('index').orderBy('index', 'desc').first()
  return last ? last.index + 1 : 0
}

/** Appends leaves and the subtrees they complete, and takes the entries off the waiting list. */
export async function insertLeaves(trx: Knex.Transaction, leaves: readonly NewLeaf[], nodes: readonly NewNode[], at: Date): Promise<void> {
  await trx.raw(
    `with leaves as (
       insert into ledger_leaves (index, entry_id, leaf_hash, sequenced_at)
       select index, entry_id, leaf_hash, ? from unnest(cast(? as bigint[]), cast(? as uuid[]), cast(? as bytea[])) as given (index, entry_id, leaf_hash)
     ), nodes as (
       insert into ledger_nodes (level, index, hash)
       select level, index, hash from unnest(cast(? as smallint[]), cast(? as bigint[]), cast(? as bytea[])) as given (level, index, hash)
     )
     delete from ledger_pending where entry_id = any (cast(? as uuid[]))`,
    [
      at,
      leaves.map(({ index }) => index),
      leaves.map(({ entryId }) => entryId),
      leaves.map(({ leafHash }) => leafHash),
      nodes.map(({ level }) => level),
      nodes.map(({ index }) => index),
      nodes.map(({ hash }) => hash),
      leaves.map(({ entryId }) => entryId),
    ],
  )
}

/** The stored entries from one leaf on, as they will be served: for whoever counts the tree again. */
export async function listLeafBodies(db: Database, from: number, most: number): Promise<string[]> {
  const rows = await db('ledger_leaves')
    .join('ledger_entries', 'ledger_entries.id', 'ledger_leaves.entry_id')
    .select<{ body: string }[]>('ledger_entries.body')
    .where('ledger_leaves.index', '>=', from)
    .andWhere('ledger_leaves.index', '<', from + most)
    .orderBy('ledger_leaves.index')
  return rows.map(({ body }) => body)
}

/** Hashes of one level, side by side. */
export async function listNodes(db: Database, level: number, from: number, count: number): Promise<Buffer[]> {
  const rows = await db('ledger_nodes').select<{ hash: Buffer }[]>('hash').where({ level }).andWhere('index', '>=', from).andWhere('index', '<', from + count).orderBy('index')
  return rows.map(({ hash }) => hash)
}

/** The subtrees of these names in one query, to be asked for one by one afterwards. */
export async function findNodes(db: Database, names: readonly NodeName[]): Promise<NodeAt> {
  const { rows } = await db.raw<{ rows: NewNode[] }>(
    `select nodes.level, nodes.index, nodes.hash from ledger_nodes as nodes
     join unnest(cast(? as smallint[]), cast(? as bigint[])) as wanted (level, index) on wanted.level = nodes.level and wanted.index = nodes.index`,
    [names.map(({ level }) => level), names.map(({ index }) => index)],
  )
  const found = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  return (level, index) => {
    const hash = found.get(`${level}/${index}`)
    if (!hash) throw new Error(`The ledger has lost its node ${level}/${index}.`)
    return hash
  }
}

/** While the site runs by the sequencer alone. One signature of a key over a size: its key refuses another, so that no two roots of one size are signed. Never changed. */
export async function insertCheckpoint(trx: Knex.Transaction, { size, root, keyId, note, signedAt }: CheckpointRow): Promise<void> {
  await trx('ledger_checkpoints').insert({ size, root, key_id: keyId, note, signed_at: signedAt })
}

/** The one over the most leaves, of these the signed last; undefined before the first. The text that was signed is its `note`. */
export async function findLatestCheckpoint(db: Database): Promise<CheckpointRow | undefined> {
  return checkpoints(db).orderBy('size', 'desc').orderBy('signed_at', 'desc').first()
}

/** The newest checkpoints of at least one entry, each size once. */
export async function listCheckpoints(db: Database, most: number): Promise<CheckpointRow[]> {
  return checkpoints(db).orderBy('size', 'desc').orderBy('signed_at', 'desc').limit(most)
}

function checkpoints(db: Database) {
  return db('ledger_checkpoints').select('size', 'root', 'key_id as keyId', 'note', 'signed_at as signedAt')
}
