import type { DrawBundle, Placed } from './bundle.ts'
import { toHex } from './bytes.ts'
import { mapCalmly, type Findings, type Work } from './findings.ts'
import { byPosition, checkOrder, eligibleOf, positionsOf } from './result-checks.ts'

/** Does the draw come out the same again? */
export function* checkDraw(bundle: DrawBundle, findings: Findings): Work {
  yield* checkOrder(bundle, yield* drawAgain(bundle, findings), findings, findings.say.draw.drawnAgain)
}

/** The draw itself, from what publication and freeze fixed. */
function* drawAgain(bundle: DrawBundle, findings: Findings): Work<Placed[]> {
  const { publication, steps } = bundle
  if (publication.facts.draw.rules === 'rfc3797') return findings.outside.rfc3797?.(steps.draw.facts.draw.beacon, eligibleOf(bundle).map(({ label }) => label)) ?? []
  const positionOf = positionsOf(bundle)
  const drawn = yield* mapCalmly(eligibleOf(bundle), ({ label }) => ({ label, position: positionOf(label) }))
  return drawn.sort(byPosition).map(({ label, position }, index) => ({ place: index + 1, label, position: toHex(position) }))
}
