import type { Database } from '#app/domain/context.ts'
import { findNodes } from '#db/repositories/ledger-tree.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import type { Keyring } from '../ledger/keyring.ts'
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from '../ledger/merkle.ts'
import { parseCheckpoint, readNote } from '../ledger/note.ts'
import { logVkeys } from '../ledger/published-keys.ts'
import { Bundle } from './bundle.ts'
import { Failure, isDecided, ownEntries } from './failure.ts'

/** Adds the ledger's proofs to a bundle under the latest checkpoint. While an entry waits for its leaf the bundle stays as it is. */
export async function proveBundle<B extends Bundle | Failure>(db: Database, keyring: Keyring, bundle: B): Promise<B> {
  const own = ownEntries(bundle)
  const moves = bundle.moves ?? []
  const found = await Promise.all([bundle.publication, ...moves, bundle.freeze, ...own.flatMap(([, entries]) => entries)].map(({ id }) => findPosition(db, id)))
  const positions = found.flatMap((position) => (position?.checkpoint ? [position] : []))
  const latest = positions.at(-1)?.checkpoint
  if (!latest || positions.length < found.length) return bundle
  const { size } = parseCheckpoint(readNote(latest.note).text)
  const decider = found.length - 1 - (bundle.method === 'credit-shortlist' && bundle.steps.pick ? 1 : 0)
  // The value that decides is the root of the tree that ends with the entry before the deciding one.
  const decided = positions[decider - 1]!.index + 1
  const nodeAt = await findNodes(db, [...positions.flatMap(({ index }) => inclusionNodes(index, size)), ...consistencyNodes(decided, size)])
  const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'))
  const [publication, ...rest] = positions.map(({ index, leafHash }) => ({ index, leafHash: leafHash.toString('hex'), proof: hex(inclusionProof(index, size, nodeAt)) }))
  const [moved, freeze, steps] = [rest.slice(0, moves.length), rest[moves.length], rest.slice(moves.length + 1)]
  const parse = (whole: unknown) => (isDecided(bundle) ? Bundle : Failure).parse(whole) as B
  return parse({
    ...bundle,
    ledger: {
      checkpoint: latest.note,
      keys: logVkeys(keyring),
      publication,
      ...(moved.length > 0 && { moves: moved }),
      freeze,
      steps: { ...(bundle.method === 'credit-shortlist' && { pick: null }), ...Object.fromEntries(own.map(([name, entries]) => [name, Array.isArray(entries) ? steps.splice(0, entries.length) : steps.shift()])) },
      beacon: bundle.beacon?.source === 'local' ? hex(consistencyProof(decided, size, nodeAt)) : [],
    },
  })
}
