import { SUITE } from './canonical.ts'
import type { Keyring } from './keyring.ts'
import { logVkeys } from './published-keys.ts'

type Proven = { entry: { body: string; leafHash: string }; proof: { index: number; hashes: string[]; checkpoint: { note: string } } | null }

/**
 * One entry with its way to a checkpoint, as a file that anybody's verifier reads (docs/verification.md, section 2).
 * Null while the entry waits for its leaf.
 */
export function entryProof(keyring: Pick<Keyring, 'origin' | 'keys' | 'retired'>, { entry, proof }: Proven): string | null {
  if (!proof) return null
  const ledger = { index: proof.index, leafHash: entry.leafHash, proof: proof.hashes, checkpoint: proof.checkpoint.note, keys: logVkeys(keyring) }
  return JSON.stringify({ format: 'mingdan-proof/v1', suite: SUITE, entry: JSON.parse(entry.body), ledger }, null, 2)
}

type State = { size: number; root: string }

/** Two states of the ledger and the proof between them, for the same verifier. */
export function consistencyFile({ from, to, proof }: { from: State; to: State; proof: string[] }): string {
  return JSON.stringify({ format: 'mingdan-consistency/v1', suite: SUITE, from, to, proof }, null, 2)
}
