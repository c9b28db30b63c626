import type { Database } from '#app/domain/context.ts'
import { findNodes } from '#db/repositories/ledger-tree.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import type { Keyring } from '../ledger/keyring.ts'
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from '../ledger/merkle.ts'
import { parseCheckpoint, readNote } from '../ledger/note.ts'
import { logVkeys } from '../ledger/published-keys.ts'
import type { DrawBundle } from './bundle.ts'

/** Adds the ledger's proofs to a bundle under the latest checkpoint. While an entry waits for its leaf the bundle stays as it is. */
export async function proveBundle(db: Database, keyring: Keyring, bundle: DrawBundle): Promise<DrawBundle> {
  const [publication, freeze, draw] = await Promise.all([bundle.publication, bundle.freeze, bundle.draw].map(({ id }) => findPosition(db, id)))
  const latest = draw?.checkpoint
  if (!publication?.checkpoint || !freeze?.checkpoint || !latest) return bundle
  const { size } = parseCheckpoint(readNote(latest.note).text)
  const frozen = freeze.index + 1
  const nodeAt = await findNodes(db, [...[publication, freeze, draw].flatMap(({ index }) => inclusionNodes(index, size)), ...consistencyNodes(frozen, size)])
  const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'))
  const proven = ({ index, leafHash }: { index: number; leafHash: Buffer }) => ({ index, leafHash: leafHash.toString('hex'), proof: hex(inclusionProof(index, size, nodeAt)) })
  return {
    ...bundle,
    ledger: {
      checkpoint: latest.note,
      keys: logVkeys(keyring),
      publication: proven(publication),
      freeze: proven(freeze),
      draw: proven(draw),
      beacon: bundle.beacon.source === 'local' ? hex(consistencyProof(frozen, size, nodeAt)) : [],
    },
  }
}
