import { endOf, NATIONAL_CALENDAR, type Calendar, type Period } from '../calendar.ts'
import type { Policies } from '../divisions/policy.ts'
import { isOver, type CaseStateNumber } from './case-state.ts'
import type { ClockFact } from './service-clock.ts'

/** A case as far as its clock goes: when it was received, and what its office recorded since. */
export type CaseHistory = { receivedAt: Date; states: readonly { state: CaseStateNumber; at: Date }[] }

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
 * day it was received (行政许可法 32). What comes later than that, an acceptance among it, changes nothing of it.
 */
export function acceptanceOf({ receivedAt, states }: CaseHistory, rules: ClockRules): Acceptance | null {
  const due = answerDue({ receivedAt }, rules)
  const answer = states.find(({ state }) => isAnswer(state))
  if (due && rules.now >= due && !(answer && answer.at < due)) return { at: receivedAt, deemed: true }
  const accepted = answer && !isOver(answer.state) ? states.find(({ state }) => isAcceptance(state)) : undefined
  return accepted ? { at: accepted.at, deemed: false } : null
}

/** What of a case moves the clock, from its receipt on; where it counts as accepted then, as accepted. */
export function caseFacts(file: CaseHistory, rules: ClockRules): ClockFact[] {
  const first = { kind: 'case' as const, state: acceptanceOf(file, rules)?.deemed ? (3 as const) : (1 as const), at: file.receivedAt, place: -1 }
  return [first, ...file.states.map(({ state, at }, place): ClockFact => ({ kind: 'case', state, at, place }))]
}

function isAcceptance(state: CaseStateNumber): boolean {
  return state === 3 || state === 8
}

function isAnswer(state: CaseStateNumber): boolean {
  return isAcceptance(state) || state === 6 || isOver(state)
}
