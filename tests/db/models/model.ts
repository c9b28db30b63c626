import type { TenderState, TenderStep } from '#app/domain/tenders/tender.ts'

/** The periods of a walk, in seconds; the ceiling and the step of an auction in yuan. */
export const TIMES = { application: 60, drawDelay: 30, questionsEnd: 20, change: 15, farthest: 50, hold: 60, explain: 20, publicity: 40, decline: 20, delay: 20, rounds: 3, round: 10 } as const
export const CEILING = 50_000
export const STEP = 500
export const MOST = { questions: 5, corrections: 3, objections: 3, quotes: 2 } as const

/** What tells the methods apart. Prices are whole yuan. */
export type Rules = {
  least: number
  decidedBy: 'draw' | 'prices' | 'auction' | 'acceptance'
  /** Which bidders may stand first, of those whose prices are known; of a draw anybody may. */
  mayBeFirst: (prices: ReadonlyMap<number, number>) => number[]
}

/** A tender in the words of whoever has only read the rules. Instants are milliseconds, agencies are numbers. */
export type Model = {
  rules: Rules
  now: number
  publishedAt: number
  closesAt: number
  questionsUntil: number
  drawsAfter: number | null
  serviceDays: number
  /** Who stands with a bid, and with which price. */
  standing: Map<number, number>
  questions: { by: number; words: string; answers: number }[]
  closed: 'too-few' | 'accepted' | 'to-decide' | null
  frozen: { covered: boolean } | null
  auction: { startsAt: number; endsAt: number } | null
  quotes: { by: number; round: number; yuan: number }[]
  opened: { enough: boolean; prices: Map<number, number>; low: Set<number>; explained: Set<number>; decidesAfter: number; covered: boolean } | null
  /** The order as the system made it, once it is made: chance is not the model's. */
  order: number[] | null
  awards: { to: number; declineUntil: number; bindsAt: number; declined: boolean }[]
  objections: { by: number; words: string; answered: boolean }[]
  cancelled: { afterValue: boolean } | null
  held: { since: number; until: number } | null
  heldBefore: number
  followed: boolean
}

export const seconds = (n: number): number => n * 1000

export function published(rules: Rules, now: number): Model {
  const closesAt = now + seconds(TIMES.application)
  return {
    rules, now, publishedAt: now, closesAt, questionsUntil: closesAt - seconds(TIMES.questionsEnd), drawsAfter: valueAfter(rules, closesAt), serviceDays: 10,
    standing: new Map(), questions: [], closed: null, frozen: null, auction: null, quotes: [], opened: null, order: null, awards: [], objections: [],
    cancelled: null, held: null, heldBefore: 0, followed: false,
  }
}

function valueAfter({ decidedBy }: Rules, closesAt: number): number | null {
  if (decidedBy === 'acceptance') return null
  return closesAt + seconds(TIMES.drawDelay + (decidedBy === 'auction' ? TIMES.delay + TIMES.rounds * TIMES.round : 0))
}

export function stateOf(model: Model): TenderState {
  const { now, closed, opened, awards, auction } = model
  if (model.held) return 'suspended'
  if (model.cancelled && (!model.cancelled.afterValue || model.order || opened?.enough === false)) return 'cancelled'
  if (now < model.closesAt) return 'open'
  if (!closed) return 'closing'
  if (closed === 'too-few' || opened?.enough === false) return 'failed'
  const award = awards.at(-1)
  if (award) return award.declined ? 'failed' : now < award.bindsAt || model.objections.some(({ answered }) => !answered) ? 'publicity' : 'awarded'
  if (opened) return 'opened'
  if (auction && now >= auction.startsAt) return 'auction'
  return model.frozen ? 'frozen' : 'closed'
}

export function dueIn(model: Model): TenderStep | null {
  const { now, rules } = model
  switch (stateOf(model)) {
    case 'suspended': return now >= model.held!.until ? 'resume' : null
    case 'closing': return model.questions.every(({ answers }) => answers > 0) ? 'close' : null
    case 'closed': return 'freeze'
    case 'frozen': return rules.decidedBy === 'prices' ? 'open' : rules.decidedBy === 'draw' && now >= model.drawsAfter! ? 'draw' : null
    case 'auction': return now >= model.auction!.endsAt ? 'end' : null
    case 'opened': return now >= model.opened!.decidesAfter ? 'rank' : null
    default: return null
  }
}

/** Everything that the clock owes, until nothing is due or a step waits for a checkpoint. @param order what the system has drawn or ranked by now */
export function attend(model: Model, order: number[] | null): TenderStep[] {
  const done: TenderStep[] = []
  for (let step = dueIn(model); step && !done.includes(step); step = dueIn(model)) {
    STEPS[step]!(model, order)
    if (dueIn(model) === step) break
    done.push(step)
  }
  return done
}

/** Steps of the methods that are walked; another method's belong here with it. */
const STEPS: Partial<Record<TenderStep, (model: Model, order: number[] | null) => void>> = {
  close(model) {
    const { least, decidedBy } = model.rules
    model.closed = model.standing.size < least ? 'too-few' : decidedBy === 'acceptance' ? 'accepted' : 'to-decide'
    if (model.closed === 'accepted') award(model, [...model.standing.keys()])
  },
  freeze(model) {
    model.frozen = { covered: false }
    if (model.rules.decidedBy !== 'auction') return
    const planned = model.closesAt + seconds(TIMES.delay)
    const startsAt = model.now <= planned ? planned : model.now + seconds(TIMES.delay)
    model.auction = { startsAt, endsAt: startsAt + seconds(TIMES.rounds * TIMES.round) }
  },
  open: (model) => void (model.frozen!.covered && reveal(model, new Map(model.standing))),
  end: (model) => reveal(model, new Map(model.quotes.map(({ by, yuan }) => [by, yuan]))),
  draw: (model, order) => void (model.frozen!.covered && decide(model, order)),
  rank: (model, order) => void (model.opened!.covered && decide(model, order)),
  resume,
}

function reveal(model: Model, prices: Map<number, number>): void {
  const low = lowAmong(prices)
  const value = model.now < model.drawsAfter! ? model.drawsAfter! : model.now + seconds(TIMES.drawDelay)
  const explained = low.size ? model.now + seconds(TIMES.explain) : model.now
  model.opened = { enough: prices.size >= model.rules.least, prices, low, explained: new Set(), decidesAfter: Math.max(value, explained), covered: false }
}

/** Below half of the mean, below half of the next where it is the lowest, or below 45 % of the ceiling. */
function lowAmong(prices: ReadonlyMap<number, number>): Set<number> {
  const sorted = [...prices.values()].toSorted((one, other) => one - other)
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length
  return new Set([...prices].filter(([, yuan]) => yuan < CEILING * 0.45 || (sorted.length > 1 && (yuan < mean / 2 || (yuan === sorted[0] && yuan < sorted[1]! / 2)))).map(([by]) => by))
}

function decide(model: Model, order: number[] | null): void {
  model.order = order
  if (order && !model.cancelled) award(model, order)
}

export function award(model: Model, order: readonly number[]): void {
  const [to] = order
  if (to !== undefined) model.awards.push({ to, declineUntil: model.now + seconds(TIMES.decline), bindsAt: model.now + seconds(Math.max(TIMES.decline, TIMES.publicity)), declined: false })
}

/** A later deadline, with every date that follows from it; none of them goes back. */
export function move(model: Model, closesAt: number): void {
  const middle = Math.floor((model.publishedAt + closesAt) / 2)
  model.closesAt = closesAt
  model.questionsUntil = Math.max(model.questionsUntil, middle, closesAt - seconds(TIMES.questionsEnd))
  const value = valueAfter(model.rules, closesAt)
  model.drawsAfter = value && Math.max(value, model.drawsAfter!)
}

export function resume(model: Model): void {
  const { since } = model.held!
  const lost = model.now - since
  model.heldBefore += lost
  model.held = null
  if (since < model.closesAt && lost > 0) move(model, model.closesAt + lost)
}

/** The instants after now at which something changes by the clock alone. */
export function instants(model: Model): number[] {
  const award = model.awards.at(-1)
  const all = [model.questionsUntil, model.closesAt, model.drawsAfter, model.auction?.startsAt, model.auction && model.auction.startsAt + seconds(TIMES.round), model.auction?.endsAt, model.opened?.decidesAfter, award?.declineUntil, award?.bindsAt, model.held?.until]
  return all.filter((at) => at !== null && at !== undefined).filter((at) => at > model.now).toSorted((one, other) => one - other)
}
