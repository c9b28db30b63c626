import type { Beacon, Decided, DrandBeacon, LotteryBeacon, Terms } from './bundle.ts'
import { fromHex, toHex } from './bytes.ts'
import { check, type Findings, type Must, type Work } from './findings.ts'
import { jcs, sha256 } from './primitives.ts'
import { QUICKNET } from './quicknet.ts'
import { rfc3797Key } from './rfc3797.ts'

/** Did quicknet sign this round? Handed in, because a page loads the arithmetic only when it is needed. */
export type RoundCheck = (round: number, signature: string) => boolean

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

type Game = { weekdays: readonly number[]; drums: readonly { count: number; of: number }[]; year: number }
const GAMES: Record<LotteryBeacon['game'], Game> = {
  ssq: { weekdays: [0, 2, 4], drums: [{ count: 6, of: 33 }, { count: 1, of: 16 }], year: 0 },
  dlt: { weekdays: [1, 3, 6], drums: [{ count: 5, of: 35 }, { count: 2, of: 12 }], year: 2 },
}
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Beijing's clocks, and at which hour there a day's numbers are unknown yet, and known. */
const BEIJING = 8 * HOUR
const SEALED = 20 * HOUR
const DRAWN = 21.5 * HOUR

/** Is this the one value that publication announced, from the source that it named? */
export function* checkBeacon(side: BeaconSide, findings: Findings): Work {
  const { shown, decided, field, terms } = side
  const { beacon } = decided
  const say = findings.say.draw
  yield* check(findings, say.beacon, (must) => {
    must(jcs(shown) === jcs(beacon), `/beacon/${differing(shown, beacon)}`, say.otherBeacon)
    must(beacon.source === terms.source, `${field}/beacon/source`, say.otherSource)
    if (beacon.source !== 'drand') must(beacon.at === side.decidesAfter, `${field}/beacon/at`, say.otherTime)
    const isOutside = beacon.source !== 'local'
    must((decided.covered !== undefined) === isOutside, `${field}/covered`, findings.say.beacon.covered)
    must((decided.accepted !== undefined) === (beacon.source === 'lottery'), `${field}/accepted`, findings.say.beacon.accepted)
    if (isOutside) must(decided.covered !== undefined && decided.covered >= side.before, `${field}/covered`, findings.say.beacon.coveredEarly)
  }, () => beacon.value)
  if (terms.source !== beacon.source || (beacon.source !== 'local' && decided.covered === undefined)) return
  if (beacon.source === 'drand') yield* checkRound(side, beacon, findings)
  if (beacon.source === 'lottery') yield* checkLottery(side, beacon, findings)
}

function* checkRound({ field, terms, decided, decidesAfter, decidedAt }: BeaconSide, beacon: DrandBeacon, findings: Findings): Work {
  const say = findings.say.beacon
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
    must(findings.isRoundSigned !== undefined, `${field}/beacon/signature`, say.notLoaded)
    if (findings.isRoundSigned) must(findings.isRoundSigned(beacon.round, beacon.signature), `${field}/beacon/signature`, say.notSigned)
  }, () => beacon.signature)
}

function* checkLottery({ field, terms, decided, decidesAfter, decidedAt }: BeaconSide, beacon: LotteryBeacon, findings: Findings): Work {
  const say = findings.say.beacon
  const { game, day, issue, numbers } = beacon
  const expected = drawDayFrom(game, Math.max(Date.parse(decidesAfter), Date.parse(decided.covered!)))
  const planned = drawDayFrom(game, Date.parse(decidesAfter))
  const key = rfc3797Key(numbers)
  yield* check(findings, say.lottery, (must) => {
    must(terms.source === 'lottery' && terms.game === game, `${field}/beacon/game`, say.otherGame)
    must(day >= expected && isDrawn(game, day), `${field}/beacon/day`, say.otherDay(expected))
    must(decidedAt >= new Date(startOf(day) + DRAWN).toISOString(), `${field}/beacon/day`, say.before)
    const { drums, year } = GAMES[game]
    must(issue.startsWith(day.slice(year, 4)) && issue.length === 7 - year && !issue.endsWith('000'), `${field}/beacon/issue`, say.otherIssue)
    checkDrums(numbers, drums, `${field}/beacon/numbers`, say.otherNumbers, must)
    must(toHex(sha256('mingdan/lottery/v1\0', key)) === beacon.value, `${field}/beacon/value`, say.notOfNumbers)
  }, () => [`${game} ${issue} · ${day} · ${key}`, say.compare, ...(expected === planned ? [] : [say.movedDay(planned, decided.covered!)]), ...(day === expected ? [] : [say.paused(expected, decided.accepted!)])].join('\n'))
}

function checkDrums(numbers: readonly (readonly number[])[], drums: Game['drums'], field: string, wrong: string, must: Must): void {
  must(numbers.length === drums.length, field, wrong)
  numbers.forEach((drum, index) => {
    const { count, of } = drums[index] ?? { count: 0, of: 0 }
    must(drum.length === count, `${field}/${index}`, wrong)
    drum.forEach((ball, place) => must(ball >= 1 && ball <= of && (place === 0 || drum[place - 1]! < ball), `${field}/${index}/${place}`, wrong))
  })
}

/** The first round at or after one instant and strictly after another. */
function roundFrom(from: number, covered?: number): number {
  const { genesis, period } = QUICKNET
  const first = Math.ceil((from - genesis) / period) + 1
  return Math.max(1, first, covered === undefined ? first : Math.floor((covered - genesis) / period) + 2)
}

const instantOf = (round: number): string => new Date(QUICKNET.genesis + (round - 1) * QUICKNET.period).toISOString()
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - BEIJING
const isDrawn = (game: LotteryBeacon['game'], day: string): boolean => GAMES[game].weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** The first day of a draw of this game that was still to come. */
function drawDayFrom(game: LotteryBeacon['game'], after: number): string {
  for (let at = after; ; at += DAY) {
    const day = new Date(at + BEIJING).toISOString().slice(0, 10)
    if (isDrawn(game, day) && startOf(day) + SEALED >= after) return day
  }
}

/** The member in which two values of one source differ, or where they are of two. */
function differing(one: Beacon, other: Beacon): string {
  const [left, right] = [one, other] as unknown as [Record<string, unknown>, Record<string, unknown>]
  return ['source', ...Object.keys(left), ...Object.keys(right)].find((name) => jcs(left[name] ?? null) !== jcs(right[name] ?? null)) ?? ''
}
