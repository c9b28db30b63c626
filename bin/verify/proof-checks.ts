import type { Proof } from './bundle.ts'
import type { Findings, Work } from './findings.ts'
import { checkKept, type Kept } from './kept-checks.ts'
import { checkEntry, checkSigned } from './ledger-checks.ts'

/** Is one entry in the log, as it is shown, under a checkpoint that the log signed? */
export function* checkProof({ entry, ledger }: Proof, findings: Findings, kept: Kept): Work {
  const signed = yield* checkSigned(ledger, findings)
  if (!signed) return
  yield* checkEntry(entry, ledger, signed.checkpoint, entry.kind, { entry: '/entry', ledger: '/ledger' }, findings)
  yield* checkKept(signed, findings, kept)
}
