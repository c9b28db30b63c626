import type { BeaconSide } from './beacon-checks.ts'
import type { DrandBeacon } from './bundle.ts'
import { fromHex, toHex } from './bytes.ts'
import { isRoundSigned } from './drand.ts'
import { check, type Findings, type Work } from './findings.ts'
import { sha256 } from './primitives.ts'
import { QUICKNET } from './quicknet.ts'

/** Is this the round that follows from publication and checkpoint, and did drand sign it? A page loads this, with the arithmetic of its signatures, only where it may be asked for. */
export function* drand({ field, terms, decided, decidesAfter, decidedAt }: BeaconSide, findings: Findings): Work {
  const beacon = decided.beacon as DrandBeacon
  const say = findings.say.drand!
  const planned = roundFrom(Date.parse(decidesAfter))
  const derived = roundFrom(Date.parse(decidesAfter), Date.parse(decided.covered!))
  yield* check(findings, say.round, (must) => {
    must(terms.source === 'drand' && terms.chain === QUICKNET.chain, '/publication/facts/draw/chain', say.otherChain)
    must(beacon.chain === QUICKNET.chain, `${field}/beacon/chain`, say.otherChain)
    must(terms.source === 'drand' && terms.round === roundFrom(Date.parse(terms.drawsAfter)), '/publication/facts/draw/round', say.otherRound(roundFrom(Date.parse(terms.drawsAfter))))
    must(beacon.round === derived, `${field}/beacon/round`, say.otherRound(derived))
    must(beacon.at === instantOf(derived), `${field}/beacon/at`, say.otherInstant(instantOf(derived)))
    must(decidedAt >= beacon.at, `${field}/beacon/at`, say.before)
  }, () => say.roundAt(beacon.round, beacon.at) + (derived === planned ? '' : `\n${say.moved(planned, decided.covered!)}`))
  yield* check(findings, say.signed, (must) => {
    must(toHex(sha256(fromHex(beacon.signature))) === beacon.value, `${field}/beacon/value`, say.notItsHash)
    must(isRoundSigned(beacon.round, beacon.signature), `${field}/beacon/signature`, say.notSigned)
  }, () => beacon.signature)
}

/** The first round at or after one instant and strictly after another. */
function roundFrom(from: number, covered?: number): number {
  const { genesis, period } = QUICKNET
  const first = Math.ceil((from - genesis) / period) + 1
  return Math.max(1, first, covered === undefined ? first : Math.floor((covered - genesis) / period) + 2)
}

const instantOf = (round: number): string => new Date(QUICKNET.genesis + (round - 1) * QUICKNET.period).toISOString()
