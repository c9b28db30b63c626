import type { TenderState, TenderStep } from '#app/domain/tenders/tender.ts'
import { judgesOwe, reportSilent, scoringBegins, showAll, sitting } from './judging.ts'
import { addRounds, giveRounds } from './rounds.ts'
import { announced, CEILING, seconds, tell, TIMES, valueAfter, type Model } from './model.ts'

export function stateOf(model: Model): TenderState {
  const { now, closed, opened, awards, auction } = model
  if (model.held) return 'suspended'
  if (model.cancelled && (!model.cancelled.afterValue || model.order || opened?.enough === false)) return 'cancelled'
  if (now < model.closesAt) return 'open'
  if (!closed) return 'closing'
  if (closed === 'too-few' || opened?.enough === false) return 'failed'
  if (model.picking && !model.picking.isPicked) return 'shortlisted'
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
    case 'frozen': return model.judging && sitting(model.judging).filter(({ declared }) => declared).length < model.judging.wanted ? null : rules.decidedBy === 'prices' ? 'open' : rules.decidedBy === 'draw' && now >= model.drawsAfter! ? 'draw' : null
    case 'auction': return now >= model.auction!.endsAt ? 'end' : null
    case 'opened': return model.judging && !model.judging.shown ? judgesOwe(model.judging, now) : now >= ranksAfter(model)! ? 'rank' : null
    case 'shortlisted': return now >= model.picking!.pickBy ? 'pick' : null
    default: return null
  }
}

/** From when on opened prices may be put in order: with the value's time, and once nobody may explain a price any more. */
export function ranksAfter({ opened, judging }: Model): number | null {
  return opened && Math.max((judging?.shown ?? opened).decidesAfter, opened.explainUntil)
}

/** Everything that the clock owes, until nothing is due or a step waits for a checkpoint. @param order what the system has drawn or ranked by now */
export function attend(model: Model, order: number[] | null): TenderStep[] {
  const done: TenderStep[] = []
  for (let step = dueIn(model); step && !done.includes(step); step = dueIn(model)) {
    STEPS[step](model, order)
    if (dueIn(model) === step) break
    done.push(step)
  }
  return done
}

const STEPS: Record<TenderStep, (model: Model, order: number[] | null) => void> = {
  close(model) {
    const { least, decidedBy } = model.rules
    model.closed = model.standing.size < least ? 'too-few' : decidedBy === 'acceptance' ? 'accepted' : 'to-decide'
    tell(model, model.closed === 'too-few' ? 'tender.failed' : 'tender.closed')
    if (model.closed === 'accepted') award(model, [...model.standing.keys()])
  },
  freeze(model) {
    model.frozen = { covered: false, grades: new Map(model.grades) }
    tell(model, 'pool.frozen')
    if (model.rules.decidedBy !== 'auction') return
    const planned = model.closesAt + seconds(TIMES.delay)
    const startsAt = model.now <= planned ? planned : model.now + seconds(TIMES.delay)
    model.auction = { startsAt, endsAt: startsAt, rounds: [] }
    addRounds(model.auction, startsAt, TIMES.rounds)
  },
  open: (model) => void (model.frozen!.covered && openPrices(model, new Map(model.standing), 'bids.opened')),
  end: (model) => void (giveRounds(model) || openPrices(model, new Map(model.quotes.map(({ by, yuan }) => [by, yuan])), 'auction.ended')),
  draw: (model, order) => void (model.frozen!.covered && decide(model, order, model.rules.small ? 'shortlist.drawn' : 'draw.drawn')),
  report: reportSilent,
  reveal: showAll,
  rank: (model, order) => void ((model.judging?.shown ?? model.opened!).covered && decide(model, order, 'bids.ranked')),
  pick: (model) => pick(model, reserve(model)),
  resume,
}

function openPrices(model: Model, prices: Map<number, number>, kind: string): void {
  const low = lowAmong(prices)
  const value = model.now < model.drawsAfter! ? model.drawsAfter! : model.now + seconds(TIMES.drawDelay)
  const explained = low.size ? model.now + seconds(TIMES.explain) : model.now
  const enough = prices.size >= model.rules.least
  const decidesAfter = Math.max(value, explained)
  model.opened = { enough, prices, low, explained: new Set(), decidesAfter, explainUntil: decidesAfter, covered: false }
  tell(model, enough ? kind : 'tender.failed')
  if (enough) scoringBegins(model)
}

/** Below half of the mean, below half of the next where it is the lowest, or below 45 % of the ceiling. */
function lowAmong(prices: ReadonlyMap<number, number>): Set<number> {
  const sorted = [...prices.values()].toSorted((one, other) => one - other)
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length
  return new Set([...prices].filter(([, yuan]) => yuan < CEILING * 0.45 || (sorted.length > 1 && (yuan < mean / 2 || (yuan === sorted[0] && yuan < sorted[1]! / 2)))).map(([by]) => by))
}

function decide(model: Model, order: number[] | null, kind: string): void {
  if (!order) return
  model.order = order
  tell(model, kind)
  if (model.rules.small) model.picking = { pickBy: model.now + seconds(TIMES.pick), isPicked: false }
  else if (!model.cancelled) award(model, order)
}

/** Who may be awarded next: whoever the order has left, of its first places alone where one of them was picked. */
export function reserve({ order, rules, awards }: Model): number[] {
  return order!.slice(0, rules.small).filter((each) => !awards.some(({ to }) => to === each))
}

export function pick(model: Model, order: readonly number[]): void {
  model.picking!.isPicked = true
  tell(model, 'shortlist.picked')
  award(model, order)
}

export function award(model: Model, order: readonly number[]): void {
  const [to] = order
  tell(model, to === undefined ? 'tender.failed' : 'award.made')
  if (to !== undefined) model.awards.push({ to, declineUntil: model.now + seconds(TIMES.decline), bindsAt: model.now + seconds(Math.max(TIMES.decline, TIMES.publicity)), declined: false })
}

/** A later deadline, with every date that follows from it; none of them goes back. */
export function move(model: Model, closesAt: number): void {
  const middle = Math.floor((model.publishedAt + closesAt) / 2)
  model.closesAt = closesAt
  tell(model, 'tender.extended')
  model.questionsUntil = Math.max(model.questionsUntil, middle, closesAt - seconds(TIMES.questionsEnd))
  const value = valueAfter(model.rules, closesAt)
  model.drawsAfter = value && Math.max(value, model.drawsAfter!)
  model.announceBy = announced(model.rules, closesAt, model.drawsAfter)
}

export function resume(model: Model): void {
  const { since } = model.held!
  const lost = model.now - since
  model.heldBefore += lost
  model.held = null
  tell(model, 'tender.resumed')
  for (const each of model.opened && model.judging ? sitting(model.judging) : []) if (each.dueAt! > since) each.dueAt! += lost
  if (model.picking && !model.picking.isPicked) model.picking.pickBy += lost
  // Nobody loses by a hold the time to explain a price, to decline, or to object.
  if (model.opened?.enough && model.opened.low.size > 0 && !model.order && model.opened.explainUntil > since) model.opened.explainUntil += lost
  const award = model.awards.at(-1)
  if (!(award && !award.declined) && since >= model.closesAt && model.announceBy > since) model.announceBy += lost
  if (award && !award.declined) {
    if (award.declineUntil > since) award.declineUntil += lost
    if (award.bindsAt > since) award.bindsAt += lost
  }
  if (since < model.closesAt && lost > 0) move(model, model.closesAt + lost)
}

/** The instants after now at which something changes by the clock alone. */
export function instants(model: Model): number[] {
  const award = model.awards.at(-1)
  const all = [model.questionsUntil, model.closesAt, model.drawsAfter, model.announceBy, ...(model.auction?.rounds.flatMap(({ from, to }) => [from, to]) ?? []), model.opened?.decidesAfter, model.opened?.explainUntil, ...(model.judging?.judges ?? []).map(({ dueAt }) => dueAt), model.judging?.shown?.decidesAfter, model.picking?.pickBy, award?.declineUntil, award?.bindsAt, model.held?.until]
  return all.filter((at) => at !== null && at !== undefined).filter((at) => at > model.now).toSorted((one, other) => one - other)
}
