import type { Database } from '#app/domain/context.ts'
import { findNodes } from '#db/repositories/ledger-tree.ts'
import { findPosition, type Position } from '#db/views/ledger-proofs.ts'
import type { Keyring } from '../ledger/keyring.ts'
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from '../ledger/merkle.ts'
import { parseCheckpoint, readNote } from '../ledger/note.ts'
import { logVkeys } from '../ledger/published-keys.ts'
import type { BundledEntry } from './bundle-steps.ts'
import { Bundle } from './bundle.ts'
import { DirectBundle } from './direct-bundle.ts'
import { Failure, isDecided, ownEntries, type AnyBundle } from './failure.ts'

/** A witness' entries, byte for byte. */
type Witnessed = { signed: string; enrolled: string | null }

/**
 * Adds the ledger's proofs to a bundle under the latest checkpoint. While an entry waits for its leaf the bundle stays as it is.
 *
 * @param witnesses whoever has signed the result, by place; those whose entries wait for their leaf are left out still
 */
export async function proveBundle<B extends AnyBundle>(db: Database, keyring: Keyring, bundle: B, witnesses: readonly Witnessed[] = []): Promise<B> {
  const own = ownEntries(bundle)
  const moves = bundle.moves ?? []
  const whole: AnyBundle = bundle
  const drawn = whole.method === 'direct' ? null : whole
  const found = await Promise.all([bundle.publication, ...moves, ...(drawn ? [drawn.freeze] : []), ...own.flatMap(([, entries]) => entries)].map(({ id }) => findPosition(db, id)))
  const positions = found.flatMap((position) => (position?.checkpoint ? [position] : []))
  const latest = positions.at(-1)?.checkpoint
  if (!latest || positions.length < found.length) return bundle
  const { size } = parseCheckpoint(readNote(latest.note).text)
  const later = bundle.method === 'credit-shortlist' ? (bundle.steps.holds?.length ?? 0) + (bundle.steps.pick ? 1 : 0) : 0
  const decider = found.length - 1 - later
  // The value that decides is the root of the tree that ends with the entry before the deciding one.
  const decided = positions[decider - 1]!.index + 1
  const signed = await placesOf(db, witnesses, size)
  const nodeAt = await findNodes(db, [...[...positions, ...signed.flatMap(({ proven }) => proven)].flatMap(({ index }) => inclusionNodes(index, size)), ...consistencyNodes(decided, size)])
  const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'))
  const provenAt = ({ index, leafHash }: Place) => ({ index, leafHash: leafHash.toString('hex'), proof: hex(inclusionProof(index, size, nodeAt)) })
  const [publication, ...rest] = positions.map(provenAt)
  const moved = rest.splice(0, moves.length)
  const freeze = drawn ? rest.shift() : undefined
  const parse = (proved: unknown) => (!drawn ? DirectBundle : isDecided(bundle) ? Bundle : Failure).parse(proved) as B
  return parse({
    ...bundle,
    ...(signed.length > 0 && { witnesses: signed.map(({ entries: [own, enrolled] }) => ({ signed: own, ...(enrolled && { enrolled }) })) }),
    ledger: {
      checkpoint: latest.note,
      keys: logVkeys(keyring),
      publication,
      ...(moved.length > 0 && { moves: moved }),
      ...(freeze && { freeze }),
      ...(signed.length > 0 && { witnesses: signed.map(({ proven: [own, enrolled] }) => ({ signed: provenAt(own!), ...(enrolled && { enrolled: provenAt(enrolled) }) })) }),
      steps: { ...(bundle.method === 'credit-shortlist' && { pick: null }), ...Object.fromEntries(own.map(([name, entries]) => [name, Array.isArray(entries) ? rest.splice(0, entries.length) : rest.shift()])) },
      ...(drawn && { beacon: drawn.beacon?.source === 'local' ? hex(consistencyProof(decided, size, nodeAt)) : [] }),
    },
  })
}

type Place = Pick<Position, 'index' | 'leafHash'>

/** The witnesses whose entries the checkpoint covers, up to the first that it does not: each with its entries and their places, that of the signature first. */
async function placesOf(db: Database, witnesses: readonly Witnessed[], size: number): Promise<{ entries: BundledEntry[]; proven: Place[] }[]> {
  const found: { entries: BundledEntry[]; proven: Place[] }[] = []
  for (const { signed, enrolled } of witnesses) {
    const entries = [signed, enrolled].flatMap((body) => (body === null ? [] : [JSON.parse(body) as BundledEntry]))
    const places = await Promise.all(entries.map(({ id }) => findPosition(db, id)))
    const proven = places.flatMap((place) => (place && place.index < size ? [place] : []))
    if (proven.length < entries.length) break
    found.push({ entries, proven })
  }
  return found
}
