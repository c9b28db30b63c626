import type { Knex } from 'knex'
import type { Clock } from '#app/domain/context.ts'
import { pass, transact } from '#db/client.ts'
import { findLatestCheckpoint, findNodes, insertCheckpoint, insertLeaves, listLeafBodies, listPending, lockSequencer, treeSize, type NewLeaf, type NewNode, type PendingEntry } from '#db/repositories/ledger-tree.ts'
import { Frontier } from './frontier.ts'
import { keepCheckpoint, keptCheckpoint } from './kept-checkpoint.server.ts'
import { logOrigin, signingKey, type Keyring } from './keyring.ts'
import { coverOf, nodeHash, rootFromNodes, type NodeAt } from './merkle.ts'
import { checkpointText, signNote, writeNote, type Checkpoint } from './note.ts'

const BATCH = 1024

type Log = { warn: (facts: object, message: string) => void }
type Given = {
  /** A pool of the role `ledger`: the only one that may append leaves. */
  db: Knex
  keyring: Keyring
  clock: Clock
  log: Log
  /** A file outside the database that remembers the last checkpoint given out, so that a restored backup cannot fork the log. */
  keepAt?: string
}

/** What one round did: `busy` when another sequencer was at it, else how many leaves came and how large the tree is. */
export type Sequenced = { busy: boolean; added: number; size: number; late: number }

/**
 * Makes this process a sequencer. Each call of what it returns gives the entries that were committed since
 * their leaves and signs the checkpoint over them; a full batch means that more may be waiting.
 *
 * The order is taken after commit: an entry that was numbered early and committed late is simply in a later batch,
 * where a feed ordered by insertion would have lost it.
 */
export function makeSequencer(given: Given): () => Promise<Sequenced> {
  let read = new Frontier()
  return async () => {
    const { checkpoint, frontier, ...done } = await transact(given.db, (trx) => sequence(trx, given, new Frontier(read)))
    // Kept only once it is committed: what was rolled back was never read.
    read = frontier
    if (checkpoint) pass('sequenced')
    if (checkpoint && given.keepAt) keepCheckpoint(given.keepAt, checkpoint)
    return done
  }
}

type Round = Sequenced & { frontier: Frontier; checkpoint?: Checkpoint }

async function sequence(trx: Knex.Transaction, { keyring, clock, log, keepAt }: Given, frontier: Frontier): Promise<Round> {
  if (!(await lockSequencer(trx))) return { busy: true, added: 0, size: frontier.size, late: 0, frontier }
  const [before, signed, pending] = [await treeSize(trx), await findLatestCheckpoint(trx), await listPending(trx, BATCH)]
  if (before !== (signed?.size ?? 0)) throw new Error(`The ledger has ${before} leaves and a checkpoint over ${signed?.size ?? 0}: somebody else wrote to it.`)
  if (pending.length === 0) return { busy: false, added: 0, size: before, late: 0, frontier }
  if (keepAt) await refuseFork(trx, keepAt, before)

  const at = await clock.read(trx)
  const size = before + pending.length
  const leaves = pending.map(({ id, leafHash }, place) => ({ index: before + place, entryId: id, leafHash }))
  const { nodes, nodeAt } = completedBy(leaves, await findNodes(trx, coverOf(0, before)))
  await insertLeaves(trx, leaves, nodes, at)
  pass('leaves-appended', trx)

  const root = rootFromNodes(size, nodeAt)
  await readOn(trx, frontier)
  if (frontier.size !== size || !frontier.root().equals(root)) {
    throw new Error(`The stored entries do not give the root of the stored hashes at size ${size}. Nothing was signed.`)
  }
  const checkpoint = { origin: logOrigin(keyring), size, root }
  await insertCheckpoint(trx, { size, root, keyId: signingKey(keyring, 'checkpoint').keyId, note: signCheckpoint(keyring, checkpoint), signedAt: at })
  return { busy: false, added: leaves.length, size, late: lateAmong(pending, at, keyring, log), frontier, checkpoint }
}

/** The subtrees that new leaves complete, upwards from each; the left neighbours come from the tree as it stood. */
export function completedBy(leaves: readonly NewLeaf[], stood: NodeAt): { nodes: NewNode[]; nodeAt: NodeAt } {
  const fresh = new Map<string, Buffer>()
  const nodes: NewNode[] = []
  const nodeAt: NodeAt = (level, index) => fresh.get(`${level}/${index}`) ?? stood(level, index)
  const add = (node: NewNode) => {
    nodes.push(node)
    fresh.set(`${node.level}/${node.index}`, node.hash)
  }
  for (const leaf of leaves) {
    let node: NewNode = { level: 0, index: leaf.index, hash: leaf.leafHash }
    add(node)
    while (node.index % 2 === 1) {
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(nodeAt(node.level, node.index - 1), node.hash) }
      add(node)
    }
  }
  return { nodes, nodeAt }
}

/** The second way to the root: the entries as they are stored now, read back. A process that starts reads them all once. */
async function readOn(trx: Knex.Transaction, frontier: Frontier): Promise<void> {
  for (;;) {
    const bodies = await listLeafBodies(trx, frontier.size, BATCH)
    for (const body of bodies) frontier.push(body)
    if (bodies.length < BATCH) return
  }
}

/** Every live key for checkpoints signs, so that who knows only the older one can follow over a rotation. */
export function signCheckpoint(keyring: Keyring, checkpoint: Checkpoint): string {
  const text = checkpointText(checkpoint)
  const keys = keyring.keys.filter(({ purpose }) => purpose === 'checkpoint')
  return writeNote({ text, signatures: keys.map((key) => signNote(text, checkpoint.origin, key)) })
}

function lateAmong(pending: readonly PendingEntry[], at: Date, { mergeDelaySeconds }: Keyring, log: Log): number {
  const late = pending.filter(({ recordedAt }) => at.getTime() - recordedAt.getTime() > mergeDelaySeconds * 1000)
  if (late.length) log.warn({ late: late.length, first: late[0]!.id, mergeDelaySeconds }, 'The ledger kept its promise too late')
  return late.length
}

async function refuseFork(trx: Knex.Transaction, keepAt: string, size: number): Promise<void> {
  const kept = keptCheckpoint(keepAt)
  if (!kept || kept.size === 0) return
  const continues = kept.size <= size && rootFromNodes(kept.size, await findNodes(trx, coverOf(0, kept.size))).equals(kept.root)
  if (!continues) {
    throw new Error(`The ledger in this database does not continue the checkpoint over ${kept.size} entries that was given out (${keepAt}). Restore with "npm run restore -- --from <backup> --tiles <a witness's folder>", which brings back the entries since the backup; signing now would fork the log. If this is meant to be another marketplace, give it a DATA_DIR and a keyring of its own.`)
  }
}
