import { dayOf, NATIONAL_CALENDAR, uncoveredYears, workingDaysBetween, type Calendar } from '../calendar.ts'
import { isOver, type CaseStateNumber } from './case-state.ts'
import type { Party } from './party.ts'

/** What moves the clock. `place` is a state's place in the history of its case: several may have come in one instant. */
export type ClockFact =
  | { kind: 'bound'; at: Date }
  | { kind: 'filed'; at: Date; by: 'owner' | 'agency' }
  | { kind: 'contract-refused' | 'confirmed'; at: Date }
  | { kind: 'delivered' | 'returned' | 'accepted'; at: Date; round: number }
  | { kind: 'case'; at: Date; state: CaseStateNumber; place: number }

/** From an instant up to another, in somebody's hands. `round` counts what was returned or had to be supplemented before, from 1. */
export type Span = { party: Party; from: Date; until: Date; workingDays: number; round: number }

/** `whole` are the working days of all spans together; `running` is who has it now, null where it is over. `uncovered` are years whose holidays nobody has said. */
export type ServiceClock = { spans: Span[]; totals: Record<Party, number>; whole: number; running: Party | null; uncovered: readonly number[] }

type Standing = { bound: boolean; filedBy: 'owner' | 'agency' | null; refused: boolean; confirmed: boolean; delivered: boolean; done: boolean; returns: number; case: { accepted: boolean; pause: 'supplement' | 'special' | null; over: boolean } | null; supplements: number }

const NOTHING: Standing = { bound: false, filedBy: null, refused: false, confirmed: false, delivered: false, done: false, returns: 0, case: null, supplements: 0 }
const ORDER = ['bound', 'filed', 'contract-refused', 'confirmed', 'delivered', 'returned', 'accepted', 'case'] as const

/**
 * Splits the time of one service and its case into spans that touch and never overlap. It ends when the case is over, or with
 * the accepted result where there is no case; otherwise it runs up to now.
 *
 * A working day belongs to whoever had the matter when the day began (民法典 201: the day itself is not counted), so that days
 * add up over spans. Once a case is accepted its office's time runs whatever a service does beside it; before that, and while
 * papers are supplemented, time is that of whoever works at the service. Time in which nobody has anything is the owner's: the
 * next step is the applicant's.
 *
 * @param facts in any order
 * @param now the instant up to which it runs
 * @param calendar days that are worked in the division
 */
export function serviceClock(facts: readonly ClockFact[], { now, calendar = NATIONAL_CALENDAR }: { now: Date; calendar?: Calendar }): ServiceClock {
  const turns = turnsOf(facts)
  const running = turns.at(-1)?.party ?? null
  const spans: Span[] = []
  for (const [place, turn] of turns.entries()) {
    const next = turns[place + 1]?.at ?? (turn.party === null ? turn.at : now > turn.at ? now : turn.at)
    // What nobody has between two turns is the owner's; behind the last of them there is nothing to wait for.
    if (next <= turn.at) continue
    const { party, round } = { party: turn.party ?? ('owner' as const), round: turn.round }
    const before = spans.at(-1)
    if (before && before.party === party && before.round === round) before.until = next
    else spans.push({ party, from: turn.at, until: next, workingDays: 0, round })
  }
  const totals: Record<Party, number> = { agency: 0, owner: 0, intake: 0, authority: 0, supplement: 0, special: 0 }
  for (const span of spans) {
    span.workingDays = workingDaysBetween(dayOf(span.from), dayOf(span.until), calendar)
    totals[span.party] += span.workingDays
  }
  const [first, last] = [spans[0], spans.at(-1)]
  return { spans, totals, whole: first && last ? workingDaysBetween(dayOf(first.from), dayOf(last.until), calendar) : 0, running, uncovered: first && last ? uncoveredYears(first.from, last.until, calendar) : [] }
}

/** Who has it from when on; several facts of one instant are one turn, and turns of nobody before the first are none. */
function turnsOf(facts: readonly ClockFact[]): { at: Date; party: Party | null; round: number }[] {
  const turns: { at: Date; party: Party | null; round: number }[] = []
  let standing = NOTHING
  for (const fact of inOrder(facts)) {
    standing = after(standing, fact)
    const turn = { at: fact.at, ...turnOf(standing) }
    if (turns.at(-1)?.at.getTime() === fact.at.getTime()) turns.pop()
    if (turns.length || turn.party) turns.push(turn)
  }
  while (turns.length > 1 && turns.at(-1)!.party === null && turns.at(-2)!.party === null) turns.pop()
  return turns
}

/** In time; what came in one instant goes on in the order in which a service goes on. */
function inOrder(facts: readonly ClockFact[]): ClockFact[] {
  const rank = (fact: ClockFact) => ORDER.indexOf(fact.kind) * 1e6 + ('round' in fact ? fact.round * 10 : 'place' in fact ? fact.place : fact.kind === 'filed' && fact.by === 'agency' ? 1 : 0)
  return facts.toSorted((one, other) => one.at.getTime() - other.at.getTime() || rank(one) - rank(other))
}

function after(before: Standing, fact: ClockFact): Standing {
  switch (fact.kind) {
    case 'bound':
      return { ...before, bound: true }
    case 'filed':
      return { ...before, bound: true, filedBy: fact.by, refused: false }
    case 'contract-refused':
      return { ...before, refused: true }
    case 'confirmed':
      return { ...before, confirmed: true }
    case 'delivered':
      return { ...before, delivered: true }
    case 'returned':
      return { ...before, delivered: false, returns: before.returns + 1 }
    case 'accepted':
      return { ...before, delivered: false, done: true }
    case 'case':
      return withState(before, fact.state)
  }
}

function withState(before: Standing, state: CaseStateNumber): Standing {
  const known = before.case ?? { accepted: false, pause: null, over: false }
  if (known.over) return before
  if (isOver(state)) return { ...before, case: { ...known, over: true } }
  if (state === 6 || state === 9) return { ...before, case: { ...known, pause: state === 6 ? 'supplement' : 'special' } }
  if (state === 7 || state === 10) return { ...before, supplements: before.supplements + (state === 7 && known.pause === 'supplement' ? 1 : 0), case: { ...known, pause: null } }
  if (state !== 3 && state !== 8) return { ...before, case: known }
  // What was missing is no matter any more once the case is accepted, or handled again.
  const isIn = known.pause === 'supplement'
  return { ...before, supplements: before.supplements + (isIn ? 1 : 0), case: { ...known, accepted: true, pause: isIn ? null : known.pause } }
}

function turnOf(standing: Standing): { party: Party | null; round: number } {
  const service = serviceTurn(standing)
  const office = officeTurn(standing)
  const isOffice = office === 'special' || office === 'authority' || service === null
  const party = isOffice && office ? office : service
  return { party, round: 1 + (isOffice && office ? standing.supplements : standing.returns) }
}

function serviceTurn({ bound, filedBy, refused, confirmed, delivered, done }: Standing): Party | null {
  if (!bound || done) return null
  if (confirmed) return delivered ? 'owner' : 'agency'
  if (!filedBy) return 'owner'
  // Whoever has to answer what the other side filed; after a refusal it is for whoever filed it to file a right one.
  return (filedBy === 'owner') === refused ? 'owner' : 'agency'
}

function officeTurn({ case: known }: Standing): Party | null {
  return !known || known.over ? null : (known.pause ?? (known.accepted ? 'authority' : 'intake'))
}
