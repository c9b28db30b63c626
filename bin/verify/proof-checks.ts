import type { Consistency, Proof } from './bundle.ts'
import { equal, fromHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { checkKept, type Kept } from './kept-checks.ts'
import { checkEntry, checkSigned } from './ledger-checks.ts'
import { rootsByConsistency } from './primitives.ts'

/** Is one entry in the log, as it is shown, under a checkpoint that the log signed? */
export function* checkProof({ entry, ledger }: Proof, findings: Findings, kept: Kept): Work {
  const signed = yield* checkSigned(ledger, findings)
  if (!signed) return
  yield* checkEntry(entry, ledger, signed.checkpoint, entry.kind, { entry: '/entry', ledger: '/ledger' }, findings)
  yield* checkKept(signed, findings, kept)
}

/** Does the later state of the log continue the earlier one? */
export function* checkConsistency({ from, to, proof }: Consistency, findings: Findings): Work {
  const { ledger: say } = findings.say
  yield* check(findings, say.continues(from.size, to.size), (must) => {
    const roots = rootsByConsistency(from.size, to.size, fromHex(from.root), proof.map(fromHex))
    must(roots !== undefined, '/proof', say.steps)
    if (!roots) return
    const [older, newer] = [equal(roots.older, fromHex(from.root)), equal(roots.newer, fromHex(to.root))]
    must(older || newer, '/proof', say.otherProof)
    // The proof makes both roots, so the one that it does not make was changed.
    must(older || !newer, '/from/root', say.otherState)
    must(newer || !older, '/to/root', say.otherState)
  }, () => `${from.root} → ${to.root}`)
}
