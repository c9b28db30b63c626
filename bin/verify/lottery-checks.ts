import type { BeaconSide } from './beacon-checks.ts'
import type { LotteryBeacon } from './bundle.ts'
import { toHex } from './bytes.ts'
import { check, type Findings, type Must, type Work } from './findings.ts'
import { sha256 } from './primitives.ts'
import { rfc3797Key } from './rfc3797.ts'

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

/** Is this a draw of the lottery that publication named, at its time, and do its numbers give the value? */
export function* lottery({ field, terms, decided, decidesAfter, decidedAt }: BeaconSide, findings: Findings): Work {
  const beacon = decided.beacon as LotteryBeacon
  const say = findings.say.lottery!
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

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - BEIJING
const isDrawn = (game: LotteryBeacon['game'], day: string): boolean => GAMES[game].weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** The first day of a draw of this game that was still to come. */
function drawDayFrom(game: LotteryBeacon['game'], after: number): string {
  for (let at = after; ; at += DAY) {
    const day = new Date(at + BEIJING).toISOString().slice(0, 10)
    if (isDrawn(game, day) && startOf(day) + SEALED >= after) return day
  }
}
