import { dayOf, startOf } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { findToldBefore } from '#db/views/told-states.ts'
import { acceptanceOf, silenceUnder } from './acceptance.ts'
import type { Case } from './case.ts'
import type { StateOfCase } from './case-state.ts'
import { tellsAnew, withTelling } from './told-states.ts'

type Written = { before: Case | undefined; at: Date }

/** The states of a case with when each was first told ({@link withTelling}). @param at when this was told: now, or when the message came in that says so */
export async function tellStates(db: Database, states: readonly StateOfCase[], { before, at }: Written): Promise<StateOfCase[]> {
  if (!before) return withTelling(states, { before: null, at })
  const known = tellsAnew(states, before.states) ? await findToldBefore(db, { caseId: before.id, since: startOf(dayOf(at)) }) : { firstToldAt: null, earlierToday: [] }
  return withTelling(states, { before: { states: before.states, ...known }, at })
}

/**
 * Whether the day on which a case was received may be another than it was. On the first day of the case here it may. Afterwards it moves
 * to no earlier day, since demands are measured by it, and to no later one once silence has accepted the case by it.
 *
 * @returns `cases.receipt-earlier` or `cases.receipt-silent` at `receivedAt`; nothing where it may
 */
export async function receiptFaults(db: Database, receivedAt: Date | undefined, { before, at }: Written): Promise<Refusal[]> {
  const [was, is] = [before && dayOf(before.receivedAt), receivedAt && dayOf(receivedAt)]
  if (!before || !was || !is || was === is) return []
  const { firstToldAt } = await findToldBefore(db, { caseId: before.id, since: at })
  if (firstToldAt && dayOf(firstToldAt) === dayOf(at)) return []
  const fault = (code: 'cases.receipt-earlier' | 'cases.receipt-silent') => [new Refusal('invalid', code, { field: 'receivedAt', params: { day: was } })]
  if (is < was) return fault('cases.receipt-earlier')
  const silence = silenceUnder(await policiesOf(db, before.divisionCode, dayOf(at)))
  return acceptanceOf(before, { now: at, silence, calendar: await calendarOf(db, before.divisionCode) })?.deemed ? fault('cases.receipt-silent') : []
}
