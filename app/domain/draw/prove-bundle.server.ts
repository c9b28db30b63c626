import type { Database } from '#app/domain/context.ts'
import { findNodes } from '#db/repositories/ledger-tree.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import type { Keyring } from '../ledger/keyring.ts'
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from '../ledger/merkle.ts'
import { parseCheckpoint, readNote } from '../ledger/note.ts'
import { logVkeys } from '../ledger/published-keys.ts'
import { Bundle, stepEntries } from './bundle.ts'

/** Adds the ledger's proofs to a bundle under the latest checkpoint. While an entry waits for its leaf the bundle stays as it is. */
export async function proveBundle(db: Database, keyring: Keyring, bundle: Bundle): Promise<Bundle> {
  const own = stepEntries(bundle)
  const found = await Promise.all([bundle.publication, bundle.freeze, ...own.flatMap(([, entries]) => entries)].map(({ id }) => findPosition(db, id)))
  const positions = found.flatMap((position) => (position?.checkpoint ? [position] : []))
  const latest = positions.at(-1)?.checkpoint
  if (!latest || positions.length < found.length) return bundle
  const { size } = parseCheckpoint(readNote(latest.note).text)
  // The value that decides is the root of the tree that ends with the entry before the deciding one.
  const decided = positions.at(-2)!.index + 1
  const nodeAt = await findNodes(db, [...positions.flatMap(({ index }) => inclusionNodes(index, size)), ...consistencyNodes(decided, size)])
  const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'))
  const [publication, freeze, ...steps] = positions.map(({ index, leafHash }) => ({ index, leafHash: leafHash.toString('hex'), proof: hex(inclusionProof(index, size, nodeAt)) }))
  return Bundle.parse({
    ...bundle,
    ledger: {
      checkpoint: latest.note,
      keys: logVkeys(keyring),
      publication,
      freeze,
      steps: Object.fromEntries(own.map(([name, entries]) => [name, Array.isArray(entries) ? steps.splice(0, entries.length) : steps.shift()])),
      beacon: bundle.beacon.source === 'local' ? hex(consistencyProof(decided, size, nodeAt)) : [],
    },
  })
}
