import { silenceUnder } from '#app/domain/cases/acceptance.ts'
import { officeLimits } from '#app/domain/cases/clock-limits.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listRunningServices } from '#db/views/after-award.ts'
import { listRunningCases } from '#db/views/running-cases.ts'
import type { AgendaItem } from '../agenda.ts'
import { limitsOf } from './after-award.ts'
import { caseItem, watchedItem, type WatchedKind } from './watched.ts'

/** So many of each are looked through, and so many of both are told: a desk is no register. */
const [MOST, TOLD] = [200, 12]

/**
 * Limits that are near, end today or have passed, for those who look on: every case and service of a division, or the services that
 * one office's cases wait for. What was warned of is looked at again, so that nothing stands here that was done since; the most
 * pressing first.
 */
export async function watchLimits({ db }: Pick<Context, 'db'>, { at, ...whose }: { at: Date } & ({ divisionPrefix: string } | { authorityId: string })): Promise<AgendaItem<WatchedKind>[]> {
  const [awards, cases] = await Promise.all([
    listRunningServices(db, { at, warned: true, limit: MOST, ...whose }),
    'divisionPrefix' in whose ? listRunningCases(db, { warned: true, limit: MOST, ...whose }) : [],
  ])
  const places = [...new Set([...awards.map(({ tender }) => tender.divisionCode), ...cases.map(({ divisionCode }) => divisionCode)])]
  const rules = new Map(await Promise.all(places.map(async (place) => [place, await Promise.all([policiesOf(db, place, dayOf(at)), calendarOf(db, place)])] as const)))
  const items = [
    ...cases.flatMap((one) => {
      const [policies, calendar] = rules.get(one.divisionCode)!
      return caseItem(one, officeLimits(one, one, { now: at, silence: silenceUnder(policies), before: policies.clockWarning.value, calendar }), one.office) ?? []
    }),
    ...awards.flatMap((award) => {
      const [policies, calendar] = rules.get(award.tender.divisionCode)!
      return watchedItem(award, limitsOf({ ...award, landing: null }, { now: at, policies, calendar })) ?? []
    }),
  ]
  // What has passed lately tells more than what everybody knows for months.
  const distance = ({ until }: AgendaItem) => Math.abs(until!.getTime() - at.getTime())
  return items.toSorted((one, other) => distance(one) - distance(other)).slice(0, TOLD)
}
