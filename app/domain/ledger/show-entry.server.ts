import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findNodes } from '#db/repositories/ledger-tree.ts'
import { findEntry } from '#db/views/ledger-entries.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import type { StoredEntry } from './entry.ts'
import { inclusionNodes, inclusionProof } from './merkle.ts'

export type EntryProof = { index: number; hashes: string[]; checkpoint: { size: number; root: string; note: string; signedAt: string } }

/**
 * An entry, with its proof under the latest checkpoint once it has a leaf; until then with the promise.
 * Refuses `ledger.no-such-entry`.
 */
export async function showEntry({ db, keyring }: Pick<Context, 'db' | 'keyring'>, { id }: { id: string }): Promise<{ entry: StoredEntry; promisedBy: string; proof: EntryProof | null }> {
  const entry = isUuid(id) ? await findEntry(db, { id }) : undefined
  if (!entry) throw new Refusal('missing', 'ledger.no-such-entry')
  const promisedBy = new Date(Date.parse(entry.recordedAt) + keyring.mergeDelaySeconds * 1000).toISOString()
  const position = await findPosition(db, id)
  if (!position?.checkpoint) return { entry, promisedBy, proof: null }
  const { index, checkpoint } = position
  const hashes = inclusionProof(index, checkpoint.size, await findNodes(db, inclusionNodes(index, checkpoint.size)))
  return {
    entry,
    promisedBy,
    proof: {
      index,
      hashes: hashes.map((hash) => hash.toString('hex')),
      checkpoint: { size: checkpoint.size, root: checkpoint.root.toString('hex'), note: checkpoint.note, signedAt: checkpoint.signedAt.toISOString() },
    },
  }
}
