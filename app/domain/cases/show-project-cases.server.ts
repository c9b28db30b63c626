import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf, workingDaysBetween } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listCasesOfProject } from '#db/repositories/cases.ts'
import { listCaseServices } from '#db/views/case-services.ts'
import { listCaseStandings } from '#db/views/case-page.ts'
import { currentState, isOver, type CaseStateNumber } from './case-state.ts'
import { isApplicant } from './show-case.server.ts'

/**
 * Every approval of an own project, with its working days by the division's calendar from receipt to its end or today, and the
 * services whose results it still waits for. Cases that name another applicant are not shown, whatever project they name.
 */
export async function showProjectCases(context: Context, { code }: { code: string }) {
  const member = memberWho(context.actor, 'register:project')
  const { db } = context
  const [at, found] = await Promise.all([context.clock.read(db), listCasesOfProject(db, code)])
  const own = found.filter((one) => isApplicant(member, one))
  const standings = await listCaseStandings(db, own.map(({ id }) => id))
  return Promise.all(
    own.map(async (one) => {
      const { id, number, lane, states, statutoryDays, promisedDays, receivedAt, divisionCode } = one
      const state = currentState(states)
      const ended = isOver(state) ? states.at(-1)!.at : at
      const [services, calendar] = await Promise.all([listCaseServices(db, one, at), calendarOf(db, divisionCode)])
      const waiting = services.filter(({ milestone }) => milestone !== 'landed' && milestone !== 'by-itself').map(({ listing, milestone }) => ({ name: listing.name, milestone }))
      return { id, number, lane, statutoryDays, promisedDays, item: standings.get(id)!.item, authority: standings.get(id)!.authority, state: state as CaseStateNumber, isOver: isOver(state), spentDays: workingDaysBetween(dayOf(receivedAt), dayOf(ended), calendar), waiting: isOver(state) ? [] : waiting }
    }),
  )
}
