import path from 'node:path'
import { keptCheckpoint } from '#app/domain/ledger/kept-checkpoint.server.ts'
import { logOrigin, type Keyring } from '#app/domain/ledger/keyring.ts'
import type { Checkpoint } from '#app/domain/ledger/note.ts'
import { entriesFrom, openLedgerStore, payloadsOf } from './ledger-store.ts'
import { KEPT, type Manifest } from './manifest.ts'

/** What is known of the log after a backup, and what of it can be brought back. */
export type Later = { known: Checkpoint[]; bodies: string[]; payloads: string[]; checkedAgainst: string[] }

type Asked = { manifest: Manifest; keyring: Keyring; dataDir: string; stores: readonly string[]; nothingLater: boolean }

/**
 * Looks whether the log was given out further than the backup knows it: in the checkpoint kept in the data folder, in that
 * of the backup itself, and in every store that is named; and gets the entries since from the first store that has them all.
 *
 * @throws an Error that says what to do: when a later checkpoint is known and its entries are not, and when nobody can say
 */
export async function findLater({ manifest, keyring, dataDir, stores, nothingLater }: Asked): Promise<Later> {
  const { size, root } = manifest.ledger
  const kept = keptCheckpoint(path.join(dataDir, KEPT))
  if (kept && kept.origin !== logOrigin(keyring)) throw new Error(`${dataDir} belongs to the log ${kept.origin}, and this backup is of ${logOrigin(keyring)}. Give another DATA_DIR.`)
  const opened = await Promise.all(stores.map((where) => openLedgerStore(where, keyring)))
  const known = [kept, ...opened.map(({ checkpoint }) => checkpoint)].filter((one) => one !== null && one !== undefined)
  const checkedAgainst = [...(kept ? ['kept'] : []), ...(opened.some(({ checkpoint }) => checkpoint) ? ['store'] : []), ...(nothingLater ? ['operator'] : [])]
  if (checkedAgainst.length === 0) {
    throw new Error(`Nobody here can say whether checkpoints were given out after this backup (${size} entries). Name what a witness kept with --tiles <folder or address>, or restore into the old DATA_DIR, where ${KEPT} lies. If you know that nothing was given out after it, say so with --nothing-later; the ledger will show that you said it.`)
  }
  const ours = root === null ? [] : [{ origin: logOrigin(keyring), size, root: Buffer.from(root, 'hex') }]
  const furthest = Math.max(size, ...known.map((one) => one.size))
  if (furthest === size) return { known: [...ours, ...known], bodies: [], payloads: [], checkedAgainst }
  for (const store of opened) {
    if ((store.checkpoint?.size ?? 0) < furthest) continue
    const bodies = await entriesFrom(store, size)
    if (bodies) return { known: [...ours, ...known], bodies, payloads: await payloadsOf(store, bodies), checkedAgainst }
  }
  throw new Error(`A checkpoint over ${furthest} entries was given out, and this backup ends at ${size}: going on from here would fork the log. Name a store that has the entries ${size} to ${furthest - 1} with --tiles: the folder of a witness that ran with --entries, or an address that still serves them (https://…/ledger). A newer backup does it too.`)
}
