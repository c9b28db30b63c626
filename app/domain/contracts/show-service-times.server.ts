import { PARTIES, type Party } from '#app/domain/cases/service-clock.ts'
import type { Calendar } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listFinishedServices } from '#db/views/after-award.ts'
import { clockOf } from './after-award.ts'
import type { ServiceTimes } from './shown-award.ts'

const YEAR = 365 * 86_400_000
/** Beyond so many completed services of a year the latest are averaged. */
const MOST = 1000

/** Where the time of services went that were completed within a year, the most frequent first; each counted by the calendar of its own place, up to its accepted result. */
export async function showServiceTimes({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<{ total: number; services: ServiceTimes[] }> {
  const at = await clock.read(db)
  const finished = await listFinishedServices(db, { at, since: new Date(at.getTime() - YEAR), limit: MOST })
  const places = [...new Set(finished.map(({ tender }) => tender.divisionCode))]
  const calendars = new Map<string, Calendar>(await Promise.all(places.map(async (place) => [place, await calendarOf(db, place)] as const)))
  const clocks = finished.map((award) => ({ listing: award.listing, clock: clockOf(award, at, calendars.get(award.tender.divisionCode)!) }))
  const services = [...Map.groupBy(clocks, ({ listing }) => listing.code)].map(([code, of]): ServiceTimes => {
    const average = (days: (one: (typeof of)[number]) => number) => Math.round((of.reduce((sum, one) => sum + days(one), 0) / of.length) * 10) / 10
    return { code, name: of[0]!.listing.name, count: of.length, whole: average((one) => one.clock.whole), parties: Object.fromEntries(PARTIES.map((party) => [party, average((one) => one.clock.totals[party])])) as Record<Party, number> }
  })
  return { total: finished.length, services: services.toSorted((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1)) }
}
