import { dayOf, endOf, NATIONAL_CALENDAR, workingDaysBetween, type Calendar, type Period } from '../calendar.ts'
import { currentState, type StateOfCase } from './case-state.ts'

/** A supplement that the applicant has not handed in. `used` are the working days since it was asked for, `round` which one it is, `overdueFrom` the first instant at which the office is reminded of it. */
export type Supplement = { since: Date; used: number; round: number; overdueFrom: Date; isOverdue: boolean }

/**
 * How long a case has been waiting for what its office said is missing; null where it waits for nothing.
 *
 * The law bids the office say at once all that is missing (行政许可法 32) and counts its days from the acceptance (42). It sets the
 * applicant no day and lets nothing follow from silence: so nothing follows here but a reminder (docs/decisions/054).
 *
 * @param states in their order; a supplement runs until any other state is entered, since nothing but its end or the case's may follow
 * @param wait after how long the office is reminded (policy `supplementWait`), counted from the day after the asking (民法典 201)
 */
export function supplementOf(states: readonly Pick<StateOfCase, 'state' | 'at'>[], { now, wait, calendar = NATIONAL_CALENDAR }: { now: Date; wait: Period; calendar?: Calendar }): Supplement | null {
  if (currentState(states) !== 6) return null
  const since = states.at(-1)!.at
  const overdueFrom = endOf(since, wait, calendar).at
  return { since, used: workingDaysBetween(dayOf(since), dayOf(now), calendar), round: states.filter(({ state }) => state === 6).length, overdueFrom, isOverdue: now >= overdueFrom }
}
