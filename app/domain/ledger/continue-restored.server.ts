import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { findLatestCheckpoint, findNodes, insertCheckpoint, insertLeaves, listLeafBodies, treeSize } from '#db/repositories/ledger-tree.ts'
import { insertBroughtBack, insertPayload, passTenderNumber, type BroughtBack } from '#db/repositories/restored-entries.ts'
import { findLedgerDivision } from '#db/views/ledger-keys.ts'
import { sha256 } from './canonical.ts'
import { entryLeafHash, type LedgerEntry } from './entry.ts'
import { Frontier } from './frontier.ts'
import { logOrigin, signingKey, type Keyring } from './keyring.ts'
import { coverOf, rootFromNodes } from './merkle.ts'
import type { Checkpoint } from './note.ts'
import { completedBy, signCheckpoint } from './sequence.server.ts'
import { tell } from './tell.server.ts'

const BATCH = 1024
const TENDER_NUMBER = /^MD-(\d{6})-(\d{4})-(\d{6,9})$/

export type Restored = {
  /** Entries after the backup's, in the log's order, as somebody else kept them. */
  bodies: readonly string[]
  /** Long facts that those entries name. */
  payloads: readonly string[]
  /** Every checkpoint of this log that is known to have been given out. */
  known: readonly Checkpoint[]
  /** How it was looked whether a later checkpoint was given out: `kept`, `store`, `operator`. */
  checkedAgainst: readonly string[]
  takenAt: string
}

/**
 * Lets the log of a restored backup go on where it was last seen, and says in the ledger that it was restored. The acts
 * of the entries brought back are not in the tables; the restoring entry lists them.
 *
 * @param trx with the owner's rights: it writes entries as well as leaves
 * @returns the checkpoint over all that was given out, and the entries that were brought back
 * @throws an Error when what is there does not give the roots that were given out: then nothing is changed
 */
export async function continueRestored(trx: Knex.Transaction, context: Pick<Context, 'actor' | 'keyring' | 'clock' | 'traceId'>, given: Restored): Promise<{ checkpoint: Checkpoint; brought: LedgerEntry[] }> {
  const { keyring, clock } = context
  const [before, signed] = [await treeSize(trx), await findLatestCheckpoint(trx)]
  const frontier = new Frontier()
  const readOn = (bodies: readonly string[]) => {
    for (const body of bodies) {
      frontier.push(body)
      mustAgree(frontier, given.known)
    }
  }
  while (frontier.size < before) readOn(await listLeafBodies(trx, frontier.size, BATCH))
  if (before !== (signed?.size ?? 0) || (signed && !frontier.root().equals(signed.root))) throw new Error('The ledger in this backup does not agree with its own checkpoint.')
  const ours = frontier.root()
  readOn(given.bodies)
  const furthest = Math.max(0, ...given.known.map(({ size }) => size))
  if (furthest > frontier.size) throw new Error(`A checkpoint over ${furthest} entries was given out, and only ${frontier.size} are here.`)

  const at = await clock.read(trx)
  const checkpoint = { origin: logOrigin(keyring), size: frontier.size, root: frontier.root() }
  const brought = given.bodies.map((body): BroughtBack => ({ entry: JSON.parse(body) as LedgerEntry, body, leafHash: entryLeafHash(body) }))
  for (const payload of given.payloads) await insertPayload(trx, sha256(payload), payload)
  await insertBroughtBack(trx, brought)
  if (brought.length) await append(trx, { keyring, at, before, brought, checkpoint })
  for (const { entry } of brought) await passNumber(trx, entry)
  const divisionCode = await findLedgerDivision(trx)
  if (!divisionCode) throw new Error('This backup has no division: it was taken before its reference data came.')
  const acts = brought.map(({ entry }, place) => ({ index: before + place, kind: entry.kind, subject: entry.subject, at: entry.at }))
  await tell(trx, context, {
    at,
    act: 'ledger.restored',
    kind: 'ledger.restored',
    subject: logOrigin(keyring),
    divisionCode,
    facts: { takenAt: given.takenAt, size: before, root: ours.toString('hex'), broughtBack: brought.length, checkedAgainst: [...given.checkedAgainst] },
    ...(acts.length && { payload: acts }),
  })
  return { checkpoint, brought: brought.map(({ entry }) => entry) }
}

function mustAgree(frontier: Frontier, known: readonly Checkpoint[]): void {
  for (const { size, root } of known) {
    if (size !== frontier.size || frontier.root().equals(root)) continue
    throw new Error(`The first ${size} entries do not give the root that was given out. This backup, or what was kept, is of another past.`)
  }
}

type Appending = { keyring: Keyring; at: Date; before: number; brought: readonly BroughtBack[]; checkpoint: Checkpoint }

async function append(trx: Knex.Transaction, { keyring, at, before, brought, checkpoint }: Appending): Promise<void> {
  const leaves = brought.map(({ entry, leafHash }, place) => ({ index: before + place, entryId: entry.id, leafHash }))
  const { nodes, nodeAt } = completedBy(leaves, await findNodes(trx, coverOf(0, before)))
  if (!rootFromNodes(checkpoint.size, nodeAt).equals(checkpoint.root)) throw new Error('The stored hashes do not give the root of the entries brought back.')
  await insertLeaves(trx, leaves, nodes, at)
  await insertCheckpoint(trx, { size: checkpoint.size, root: checkpoint.root, keyId: signingKey(keyring, 'checkpoint').keyId, note: signCheckpoint(keyring, checkpoint), signedAt: at })
}

async function passNumber(trx: Knex.Transaction, { subject }: LedgerEntry): Promise<void> {
  const [, divisionCode, year, count] = TENDER_NUMBER.exec(subject) ?? []
  if (divisionCode) await passTenderNumber(trx, { divisionCode, year: Number(year), count: Number(count) })
}
