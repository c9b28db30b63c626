import { endOf, NATIONAL_CALENDAR, type Calendar, type Period } from '../calendar.ts'
import type { Policies } from '../divisions/policy.ts'
import { isOver, type CaseStateNumber } from './case-state.ts'
import type { ClockFact } from './service-clock.ts'

/** A case as far as its clock goes: when it was received, and what its office recorded since. */
export type CaseHistory = { receivedAt: Date; states: readonly { state: CaseStateNumber; at: Date; recordedAt?: Date }[] }

/** `silence` is how long an office may say nothing before a case counts as accepted; null where a division does not hold to that. */
export type ClockRules = { now: Date; silence: Period | null; calendar?: Calendar }

/** Since when a case is accepted, and whether that was never recorded. */
export type Acceptance = { at: Date; deemed: boolean }

/** What a division's policy says of an office's silence. */
export function silenceUnder({ deemedAcceptance, completeNotice }: Pick<Policies, 'deemedAcceptance' | 'completeNotice'>): Period | null {
  return deemedAcceptance.value === 'yes' ? completeNotice.value : null
}

/** Until when an office has to accept, to say what is missing, or to refuse. The first instant that is too late. */
export function answerDue({ receivedAt }: Pick<CaseHistory, 'receivedAt'>, { silence, calendar = NATIONAL_CALENDAR }: Omit<ClockRules, 'now'>): Date | null {
  return silence && endOf(receivedAt, silence, calendar).at
}

/**
 * Since when a case is accepted; null while it is not, or where it was answered otherwise.
 *
 * An office says once and for all what is missing within five days; where it says nothing, the application counts as accepted on the
 * day it was received (行政许可法 32). What comes later than that, an acceptance among it, changes nothing of it; nor does what is first
 * told later, however early its instant reads.
 */
export function acceptanceOf({ receivedAt, states }: CaseHistory, rules: ClockRules): Acceptance | null {
  const due = answerDue({ receivedAt }, rules)
  const answer = states.find(({ state }) => isAnswer(state))
  if (due && rules.now >= due && !states.some((one) => isAnswer(one.state) && one.at < due && !isToldLate(one, due))) return { at: receivedAt, deemed: true }
  const accepted = answer && !isOver(answer.state) ? states.find(({ state }) => isAcceptance(state)) : undefined
  return accepted ? { at: accepted.at, deemed: false } : null
}

/**
 * What of a case moves the clock, from its receipt on; where it counts as accepted then, as accepted.
 *
 * A supplement asked for after silence has accepted the case stops nothing: what was missing was to be told within the five days
 * (行政许可法 32), and its time is none of those that the law leaves out (45: hearing, tender, inspection, testing, quarantine, appraisal, expert review).
 * Nor does a "not accepted" that was first told after that end anything before it was told.
 */
export function caseFacts(file: CaseHistory, rules: ClockRules): ClockFact[] {
  const deemed = acceptanceOf(file, rules)?.deemed ?? false
  const due = answerDue(file, rules)
  const first = { kind: 'case' as const, state: deemed ? (3 as const) : (1 as const), at: file.receivedAt, place: -1 }
  return [first, ...file.states.flatMap((one, place): ClockFact[] => (deemed && isSupplement(one.state) ? [] : [{ kind: 'case', state: one.state, at: deemed && isNonAcceptance(one.state) && isToldLate(one, due) ? one.recordedAt! : one.at, place }]))]
}

/** What an office recorded though article 32 leaves no room for it: a supplement or a refusal to accept after its silence accepted the case, and a second notice of what is missing; and an answer within its days that it first told after them. */
export const REMARKS = ['late-supplement', 'late-refusal', 'second-supplement', 'told-late'] as const
export type Remark = { what: (typeof REMARKS)[number]; at: Date }

/** Everything remarkable in a case's history, in its order; it decides nothing, and whoever looks at the case sees it. */
export function remarksOf(file: CaseHistory, rules: ClockRules): Remark[] {
  const deemed = acceptanceOf(file, rules)?.deemed ?? false
  const due = answerDue(file, rules)
  let notices = 0
  return file.states.flatMap((one): Remark[] => {
    const { state, at } = one
    if (state === 6) notices += 1
    const isSecond: Remark[] = state === 6 && notices > 1 ? [{ what: 'second-supplement', at }] : []
    const isLate: Remark[] = deemed && state === 6 ? [{ what: 'late-supplement', at }] : deemed && isNonAcceptance(state) ? [{ what: 'late-refusal', at }] : []
    const toldLate: Remark[] = due && isAnswer(state) && at < due && isToldLate(one, due) ? [{ what: 'told-late', at: one.recordedAt! }] : []
    return [...isLate, ...isSecond, ...toldLate]
  })
}

function isSupplement(state: CaseStateNumber): boolean {
  return state === 6 || state === 7
}

function isNonAcceptance(state: CaseStateNumber): boolean {
  return state === 4 || state === 5
}

function isToldLate({ recordedAt }: { recordedAt?: Date }, due: Date | null): boolean {
  return due !== null && recordedAt !== undefined && recordedAt >= due
}

function isAcceptance(state: CaseStateNumber): boolean {
  return state === 3 || state === 8
}

function isAnswer(state: CaseStateNumber): boolean {
  return isAcceptance(state) || state === 6 || isOver(state)
}
