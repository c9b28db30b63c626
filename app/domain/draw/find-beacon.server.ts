import type { Database } from '#app/domain/context.ts'
import type { DrawSource } from '#app/domain/draw/draw.ts'
import { findBeaconOf } from '#db/repositories/beacons.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import { findNodes } from '#db/repositories/ledger-tree.ts'
import { coverOf, rootFromNodes } from '../ledger/merkle.ts'
import type { Beacon, LocalBeacon } from './draw.ts'
import type { BeaconEvidence } from './terms.ts'

type Asked = { id: string; source: DrawSource; entry: string; from: Date }

/**
 * The value that decides a tender, from the source that its publication named and from no other.
 *
 * @param entry what the value must come after: the freeze, or the opening of prices
 * @param from the first instant whose value may decide
 * @returns null until there is one
 */
export async function findBeacon(db: Database, { id, source, entry, from }: Asked): Promise<{ beacon: Beacon; evidence: BeaconEvidence } | null> {
  if (source === 'local') {
    const beacon = await findLocalBeacon(db, { freezeEntry: entry, drawsAfter: from })
    return beacon && { beacon, evidence: {} }
  }
  const taken = await findBeaconOf(db, id)
  if (!taken) return null
  return { beacon: taken.beacon, evidence: { covered: taken.coveredAt.toISOString(), ...(taken.ledgerEntryId !== null && { accepted: taken.ledgerEntryId }) } }
}

/**
 * The value of the source `local`: the root of the ledger's tree at the moment its last leaf is the freeze.
 * It depends on everything the ledger took up until then, and nobody can choose among several afterwards.
 *
 * @returns null until a signed checkpoint covers the freeze
 */
export async function findLocalBeacon(db: Database, { freezeEntry, drawsAfter }: { freezeEntry: string; drawsAfter: Date }): Promise<LocalBeacon | null> {
  const position = await findPosition(db, freezeEntry)
  if (!position?.checkpoint) return null
  const size = position.index + 1
  const root = rootFromNodes(size, await findNodes(db, coverOf(0, size)))
  return { source: 'local', at: drawsAfter.toISOString(), value: root.toString('hex') }
}
