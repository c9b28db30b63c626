/** The periods of a walk, in seconds; the ceiling and the step of an auction in yuan. */
export const TIMES = { application: 60, drawDelay: 30, questionsEnd: 20, change: 15, farthest: 50, hold: 60, explain: 20, publicity: 40, decline: 20, delay: 20, rounds: 3, round: 10, outage: 5, scoring: 50, pick: 30, announce: 10 } as const
export const CEILING = 50_000
export const STEP = 500
export const MOST = { questions: 5, corrections: 3, objections: 3, quotes: 2 } as const

/** What tells the methods apart. Prices are whole yuan. */
export type Rules = {
  least: number
  decidedBy: 'draw' | 'prices' | 'auction' | 'acceptance'
  /** How many judges mark the bids, where any do. */
  judges?: number
  /** How many places of the order its owner picks from, where anybody is picked. */
  small?: number
  /** Who stands in the order, if not everybody who is eligible. */
  inOrder?: (model: Model) => number[]
  /** Which bidders may stand first, of those whose prices are known; of a draw anybody may. */
  mayBeFirst: (prices: ReadonlyMap<number, number>, model: Model) => number[]
  /** Does each place go to whom {@link mayBeFirst} names among those who are left? */
  inTurn?: true
}

/** Somebody who was asked to take a seat; marks are whole points by agency. */
export type Judge = { seat: number; declared: boolean; dueAt: number | null; reported: boolean; marks: readonly number[] | null; shows: boolean; ended: boolean }
/** Those who were ever asked, in that order, and the instant at which all sheets were shown. */
export type Judging = { wanted: number; judges: Judge[]; shown: { decidesAfter: number; covered: boolean } | null }

/** From an instant on and before another. */
export type Time = { from: number; to: number }

/** A tender in the words of whoever has only read the rules. Instants are milliseconds, agencies are numbers. */
export type Model = {
  rules: Rules
  now: number
  publishedAt: number
  closesAt: number
  questionsUntil: number
  drawsAfter: number | null
  announceBy: number
  serviceDays: number
  contact: string
  /** Who stands with a bid, and with which price. */
  standing: Map<number, number>
  questions: { by: number; words: string; answers: number }[]
  closed: 'too-few' | 'accepted' | 'to-decide' | null
  /** Grades as they are published, and as they were at the freeze. */
  grades: Map<number, string>
  frozen: { covered: boolean; grades: ReadonlyMap<number, string> } | null
  auction: { startsAt: number; endsAt: number; rounds: Time[] } | null
  /** When nobody was served, and whether rounds were given for it. */
  dark: (Time & { answered: boolean })[]
  quotes: { by: number; round: number; yuan: number }[]
  opened: { enough: boolean; prices: Map<number, number>; low: Set<number>; explained: Set<number>; decidesAfter: number; explainUntil: number; covered: boolean } | null
  judging: Judging | null
  /** The order as the system made it, once it is made: chance is not the model's. */
  order: number[] | null
  picking: { pickBy: number; isPicked: boolean } | null
  awards: { to: number; declineUntil: number; bindsAt: number; declined: boolean }[]
  objections: { by: number; words: string; answered: boolean }[]
  cancelled: { afterValue: boolean } | null
  held: { since: number; until: number } | null
  heldBefore: number
  followed: boolean
  /** How often the ledger was told each thing. */
  told: Map<string, number>
}

export function tell({ told }: Model, kind: string, times = 1): void {
  if (times) told.set(kind, (told.get(kind) ?? 0) + times)
}

export const seconds = (n: number): number => n * 1000

export function published(rules: Rules, now: number): Model {
  const closesAt = now + seconds(TIMES.application)
  const drawsAfter = valueAfter(rules, closesAt)
  return {
    rules, now, publishedAt: now, closesAt, questionsUntil: closesAt - seconds(TIMES.questionsEnd), drawsAfter, announceBy: announced(rules, closesAt, drawsAfter), serviceDays: 10, contact: '',
    standing: new Map(), questions: [], closed: null, grades: new Map(), frozen: null, auction: null, dark: [], quotes: [], opened: null, judging: rules.judges ? { wanted: rules.judges, judges: [], shown: null } : null, order: null, picking: null, awards: [], objections: [],
    cancelled: null, held: null, heldBefore: 0, followed: false, told: new Map([['tender.published', 1]]),
  }
}

/** By when a result is to be announced: so long after the value, after the judges' time, and after the owner's time to pick. */
export function announced({ judges, small }: Rules, closesAt: number, drawsAfter: number | null): number {
  return Math.max(drawsAfter ?? closesAt, closesAt + seconds(judges ? TIMES.scoring : 0)) + seconds((small ? TIMES.pick : 0) + TIMES.announce)
}

/** The first instant whose value may decide. */
export function valueAfter({ decidedBy }: Rules, closesAt: number): number | null {
  if (decidedBy === 'acceptance') return null
  return closesAt + seconds(TIMES.drawDelay + (decidedBy === 'auction' ? TIMES.delay + TIMES.rounds * TIMES.round : 0))
}
