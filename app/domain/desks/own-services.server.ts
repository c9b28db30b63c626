import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { limitsOf } from '#app/domain/contracts/after-award.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listRunningServices } from '#db/views/after-award.ts'
import type { AgendaItem } from '../agenda.ts'
import { serviceItem, type ServiceKind } from './service-agenda.ts'

const MOST = 50

/** What either side of awards has to do about their contracts and results now. */
export async function ownServices({ db }: Pick<Context, 'db'>, { at, ...whose }: { at: Date } & ({ ownerId: string } | { agencyId: string })): Promise<AgendaItem<ServiceKind>[]> {
  const awards = await listRunningServices(db, { at, limit: MOST, ...whose })
  const places = [...new Set(awards.map(({ tender }) => tender.divisionCode))]
  const rules = new Map(await Promise.all(places.map(async (place) => [place, await Promise.all([policiesOf(db, place, dayOf(at)), calendarOf(db, place)])] as const)))
  return awards.flatMap((award) => {
    const [policies, calendar] = rules.get(award.tender.divisionCode)!
    return serviceItem(award, limitsOf(award, { now: at, policies, calendar }), 'ownerId' in whose ? 'owner' : 'agency') ?? []
  })
}
