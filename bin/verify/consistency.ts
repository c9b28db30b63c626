import type { Consistency } from './bundle.ts'
import { equal, fromHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { rootsByConsistency } from './primitives.ts'
import { exactly, hash, list, object, whole } from './shape.ts'
import type { Parts } from './verify.ts'

/** Two states of the ledger, and that the later one continues the earlier. */
const state = object({ size: whole(1), root: hash })
const shape = object({ format: exactly('mingdan-consistency/v1'), suite: exactly('intl-1'), from: state, to: state, proof: list(hash) })

/** Does the later state of the log continue the earlier one? */
function* checkConsistency({ from, to, proof }: Consistency, findings: Findings): Work {
  const { ledger, consistency } = findings.say
  const say = consistency!
  yield* check(findings, say.continues(from.size, to.size), (must) => {
    const roots = rootsByConsistency(from.size, to.size, fromHex(from.root), proof.map(fromHex))
    must(roots !== undefined, '/proof', ledger.steps)
    if (!roots) return
    const [older, newer] = [equal(roots.older, fromHex(from.root)), equal(roots.newer, fromHex(to.root))]
    must(older || newer, '/proof', ledger.otherProof)
    // The proof makes both roots, so the one that it does not make was changed.
    must(older || !newer, '/from/root', say.otherState)
    must(newer || !older, '/to/root', say.otherState)
  }, () => `${from.root} → ${to.root}`)
}

/** What comparing two states of the log needs besides; pages load it only where there are two to compare. */
export const consistency: NonNullable<Parts['consistency']> = { shape, check: checkConsistency }
