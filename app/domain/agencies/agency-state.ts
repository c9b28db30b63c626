import { Refusal } from '../refusal.ts'

/** The latest formal check of an operator, and when the agency answered it. */
export type LatestCheck = { verdict: 'passed' | 'returned'; checkedAt: Date; answeredAt: Date | null }

/** The facts from which an agency's standing follows. */
export type AgencyFacts = { admittedAt: Date | null; expelledAt: Date | null; committedAt: Date | null; noticeEndsAt: Date | null; check: LatestCheck | null }

/**
 * `ended` the agreement is over · `unclaimed` imported, nobody has committed for it yet · `returned` the formal check found faults
 * and waits for an answer · `noticed` active, the public notice still runs · `active`.
 */
export const AGENCY_STATES = ['ended', 'unclaimed', 'returned', 'noticed', 'active'] as const
export type AgencyState = (typeof AGENCY_STATES)[number]

/** How an agency stands at an instant. Its twin in SQL is in db/repositories/agencies.ts. */
export function agencyStateOf({ admittedAt, expelledAt, committedAt, noticeEndsAt, check }: AgencyFacts, at: Date): AgencyState {
  if (expelledAt) return 'ended'
  if (!admittedAt || !committedAt) return 'unclaimed'
  if (isReturned(check)) return 'returned'
  return noticeEndsAt && at < noticeEndsAt ? 'noticed' : 'active'
}

/** Where the operator's formal check stands: it comes after the agency is active, and again after every answer. */
export const CHECK_STATES = ['unchecked', 'answered', 'returned', 'passed'] as const
export type CheckState = (typeof CHECK_STATES)[number]

/** Of the latest check alone; null where there was none, or where a pass fell with a later correction. `returned` waits for the agency, `answered` for the operator again. */
export function checkStateOf(check: LatestCheck | null): CheckState {
  if (!check) return 'unchecked'
  if (check.verdict === 'passed') return 'passed'
  return check.answeredAt ? 'answered' : 'returned'
}

/** A returned check stops new offers and new bids, and nothing that runs. */
export function isReturned(check: LatestCheck | null): boolean {
  return checkStateOf(check) === 'returned'
}

/**
 * May it newly offer? It may from the moment it is active; the notice and the formal check run beside.
 *
 * @throws Refusal `agencies.not-admitted`, `agencies.not-committed`, `agencies.returned`
 */
export function mustBeActive(facts: AgencyFacts | undefined, at: Date): void {
  const state = facts ? agencyStateOf(facts, at) : 'ended'
  if (state === 'ended' || !facts?.admittedAt) throw new Refusal('conflict', 'agencies.not-admitted')
  if (state === 'unclaimed') throw new Refusal('conflict', 'agencies.not-committed')
  if (state === 'returned') throw new Refusal('conflict', 'agencies.returned')
}
