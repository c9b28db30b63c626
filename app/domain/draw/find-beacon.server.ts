import type { Database } from '#app/domain/context.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import { findNodes } from '#db/repositories/ledger-tree.ts'
import { coverOf, rootFromNodes } from '../ledger/merkle.ts'
import type { Beacon } from './draw.ts'

/**
 * The value of the source `local`: the root of the ledger's tree at the moment its last leaf is the freeze.
 * It depends on everything the ledger took up until then, and nobody can choose among several afterwards.
 *
 * @returns null until a signed checkpoint covers the freeze
 */
export async function findLocalBeacon(db: Database, { freezeEntry, drawsAfter }: { freezeEntry: string; drawsAfter: Date }): Promise<Beacon | null> {
  const position = await findPosition(db, freezeEntry)
  if (!position?.checkpoint) return null
  const size = position.index + 1
  const root = rootFromNodes(size, await findNodes(db, coverOf(0, size)))
  return { source: 'local', at: drawsAfter.toISOString(), value: root.toString('hex') }
}
