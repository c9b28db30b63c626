import type { Beacon, Decided, Placed, Terms } from './bundle.ts'
import { check, type Findings, type Work } from './findings.ts'
import { jcs } from './primitives.ts'

export type BeaconSide = {
  /** The bundle's copy of the value, and the facts of the entry that decided with it, which stand at `field`. */
  shown: Beacon
  decided: Decided
  field: string
  terms: Terms
  /** The first instant whose value may decide. */
  decidesAfter: string
  /** When the entry was made that had to come under a checkpoint before the value, and the one that decided. */
  before: string
  decidedAt: string
}

/**
 * What is known of values from outside and of RFC 3797: the arithmetic of drand's signatures is as large as everything else
 * together, so a page loads of this what there is something to check with (drand-checks.ts, lottery-checks.ts).
 */
export type Outside = { drand?: Source | undefined; lottery?: Source | undefined; rfc3797?: ((beacon: Beacon, labels: readonly string[]) => Placed[]) | undefined }
type Source = (side: BeaconSide, findings: Findings) => Work

/** Is this the one value that publication announced, from the source that it named? */
export function* checkBeacon(side: BeaconSide, findings: Findings): Work {
  const { shown, decided, field, terms } = side
  const { beacon } = decided
  const say = findings.say.draw
  const isOutside = beacon.source !== 'local'
  const source = isOutside ? findings.outside[beacon.source] : undefined
  yield* check(findings, say.beacon, (must) => {
    must(jcs(shown) === jcs(beacon), `/beacon/${differing(shown, beacon)}`, say.otherBeacon)
    must(beacon.source === terms.source, `${field}/beacon/source`, say.otherSource)
    if (beacon.source !== 'drand') must(beacon.at === side.decidesAfter, `${field}/beacon/at`, say.otherTime)
    must(isOutside ? decided.covered !== undefined && decided.covered >= side.before : decided.covered === undefined, `${field}/covered`, say.evidence)
    must((decided.accepted !== undefined) === (beacon.source === 'lottery'), `${field}/accepted`, say.evidence)
    if (isOutside) must(source !== undefined, `${field}/beacon/source`, say.notLoaded)
    if (terms.rules === 'rfc3797') must(findings.outside.rfc3797 !== undefined, '/publication/facts/draw/rules', say.notLoaded)
  }, () => beacon.value)
  if (isOutside && terms.source === beacon.source && decided.covered !== undefined && source) yield* source(side, findings)
}

/** The member in which two values of one source differ, or where they are of two. */
function differing(one: Beacon, other: Beacon): string {
  const [left, right] = [one, other] as unknown as [Record<string, unknown>, Record<string, unknown>]
  return ['source', ...Object.keys(left), ...Object.keys(right)].find((name) => jcs(left[name] ?? null) !== jcs(right[name] ?? null)) ?? ''
}
