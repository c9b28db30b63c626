import { setTimeout as sleep } from 'node:timers/promises'
import { logVerifier, parseCheckpoint, readNote, signersOf, type Checkpoint } from '#app/domain/ledger/note.ts'
import { logOrigin, signingKey, type Keyring } from '#app/domain/ledger/keyring.ts'
import type { Violation } from './checks.ts'

/** Reads the checkpoint that is given out, again and again, as a witness does. A note that our key did not sign is kept as a violation. */
export function watchLedger(addresses: readonly string[], keyring: Keyring): { seen: Checkpoint[]; violations: Violation[]; stop: () => Promise<void> } {
  const seen: Checkpoint[] = []
  const violations: Violation[] = []
  const verifier = logVerifier(logOrigin(keyring), signingKey(keyring, 'checkpoint').publicKey)
  let stopped = false
  const watching = (async () => {
    for (let turn = 0; !stopped; turn++, await sleep(150)) {
      const text = await fetch(`${addresses[turn % addresses.length]}/ledger/checkpoint`, { signal: AbortSignal.timeout(2_000) }).then(async (answer) => (answer.ok ? answer.text() : null), () => null)
      if (text === null || stopped) continue
      const note = readNote(text)
      const checkpoint = parseCheckpoint(note.text)
      if (signersOf(note, [verifier]).length === 0) violations.push({ check: 'ledger', what: `a checkpoint over ${checkpoint.size} entries was given out unsigned` })
      if (checkpoint.size !== seen.at(-1)?.size || !checkpoint.root.equals(seen.at(-1)!.root)) seen.push(checkpoint)
    }
  })()
  return { seen, violations, stop: async () => void ((stopped = true), await watching) }
}
