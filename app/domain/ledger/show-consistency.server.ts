import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findLatestCheckpoint, findNodes, listCheckpoints } from '#db/repositories/ledger-tree.ts'
import { consistencyNodes, consistencyProof, coverOf, rootFromNodes, verifyConsistency } from './merkle.ts'

const NEWEST = 12

export type Consistency = { from: { size: number; root: string }; to: { size: number; root: string }; proof: string[]; holds: boolean }
export type CheckpointLine = { size: number; root: string; signedAt: string }

/** The newest checkpoints, to choose two of. */
export async function findCheckpoints({ db }: Pick<Context, 'db'>): Promise<CheckpointLine[]> {
  const rows = await listCheckpoints(db, NEWEST)
  return rows.map(({ size, root, signedAt }) => ({ size, root: root.toString('hex'), signedAt: signedAt.toISOString() }))
}

/**
 * Shows that the ledger of `to` entries only added to the ledger of `from` entries.
 * Refuses `ledger.sizes-out-of-order` and `ledger.size-beyond` with the size of the latest checkpoint.
 */
export async function showConsistency({ db }: Pick<Context, 'db'>, { from, to }: { from: number; to: number }): Promise<Consistency> {
  if (from < 1 || from > to) throw new Refusal('invalid', 'ledger.sizes-out-of-order', { field: 'from' })
  const latest = await findLatestCheckpoint(db)
  if (to > (latest?.size ?? 0)) throw new Refusal('invalid', 'ledger.size-beyond', { params: { size: latest?.size ?? 0 }, field: 'to' })
  const nodeAt = await findNodes(db, [...coverOf(0, from), ...coverOf(0, to), ...consistencyNodes(from, to)])
  const [older, newer] = [rootFromNodes(from, nodeAt), rootFromNodes(to, nodeAt)]
  const proof = consistencyProof(from, to, nodeAt)
  return {
    from: { size: from, root: older.toString('hex') },
    to: { size: to, root: newer.toString('hex') },
    proof: proof.map((hash) => hash.toString('hex')),
    holds: verifyConsistency(from, to, proof, older, newer),
  }
}
