import type { Database } from '#app/domain/context.ts'

/** Where an entry stands, and the latest checkpoint if that covers it. */
export type Position = { index: number; leafHash: Buffer; sequencedAt: Date; checkpoint: { size: number; root: Buffer; note: string; signedAt: Date } | null }

/** The place of an entry in the tree; undefined while it has none. */
export async function findPosition(db: Database, entryId: string): Promise<Position | undefined> {
  const row = await db('ledger_leaves as leaf')
    .leftJoin(db('ledger_checkpoints').orderBy('size', 'desc').orderBy('signed_at', 'desc').limit(1).as('latest'), (join) => join.on('latest.size', '>', 'leaf.index'))
    .select<PositionRow>('leaf.index', 'leaf.leaf_hash', 'leaf.sequenced_at', 'latest.size', 'latest.root', 'latest.note', 'latest.signed_at')
    .where('leaf.entry_id', entryId)
    .first()
  if (!row) return undefined
  const { size, root, note, signed_at: signedAt } = row
  const checkpoint = size === null ? null : { size, root: root!, note: note!, signedAt: signedAt! }
  return { index: row.index, leafHash: row.leaf_hash, sequencedAt: row.sequenced_at, checkpoint }
}

type PositionRow = { index: number; leaf_hash: Buffer; sequenced_at: Date; size: number | null; root: Buffer | null; note: string | null; signed_at: Date | null }
