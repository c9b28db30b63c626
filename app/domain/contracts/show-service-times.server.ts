import { remarksOf, silenceUnder, type Remark } from '#app/domain/cases/acceptance.ts'
import { PARTIES, type Party } from '#app/domain/cases/party.ts'
import type { ServiceClock } from '#app/domain/cases/service-clock.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listDivisionNames } from '#db/repositories/divisions.ts'
import { listFinishedServices } from '#db/views/after-award.ts'
import { finishedClock } from './after-award.ts'
import type { ServiceTimes, TimesBasis } from './shown-award.ts'

const YEAR = 365 * 86_400_000
/** Beyond so many completed services of a year the latest are averaged, and that is said. */
const MOST = 1000

/** What averages are shown: `divisions` by place, `services` of the place that was asked for or of all; `division` is that place. */
export type ShownTimes = TimesBasis & { total: number; division: { code: string; name: string } | null; divisions: ServiceTimes[]; services: ServiceTimes[] }
/** Averages of each service in each place, as a file has them. */
export type TimesFile = Pick<TimesBasis, 'latest'> & { since: Date; until: Date; items: (ServiceTimes & { division: string; divisionName: string })[] }

type Finished = { division: string; listing: { code: string; name: string }; clock: ServiceClock; caseId: string | null; remarks: readonly Remark[] }

/**
 * Where the time of services went that were completed within a year, the most frequent first; each counted by the calendar of its own
 * place, up to its accepted result. Of the case that waits for it the office's time until then counts: what is decided afterwards is
 * the case's own time, and no service's.
 *
 * @param divisionCode the place whose services are shown; one without any shows all
 * @param most how many services the averages rest on at the most, the latest
 */
export async function showServiceTimes(context: Pick<Context, 'db' | 'clock'>, { divisionCode, most = MOST }: { divisionCode?: string; most?: number } = {}): Promise<ShownTimes> {
  const { finished, names, latest } = await finishedServices(context, most)
  const within = finished.filter(({ division }) => division === divisionCode)
  const shown = within.length ? within : finished
  return {
    latest,
    remarks: remarksIn(shown),
    total: shown.length,
    division: within.length ? { code: divisionCode!, name: names.get(divisionCode!) ?? divisionCode! } : null,
    divisions: averages(finished, ({ division }) => ({ code: division, name: names.get(division) ?? division })),
    services: averages(shown, ({ listing }) => listing),
  }
}

/** The same of every place at once, for a file. */
export async function exportServiceTimes(context: Pick<Context, 'db' | 'clock'>, { most = MOST }: { most?: number } = {}): Promise<TimesFile> {
  const { finished, names, since, at, latest } = await finishedServices(context, most)
  const items = [...Map.groupBy(finished, ({ division }) => division)].toSorted(([one], [other]) => (one < other ? -1 : 1)).flatMap(([division, of]) => averages(of, ({ listing }) => listing).map((times) => ({ division, divisionName: names.get(division) ?? division, ...times })))
  return { since, until: at, latest, items }
}

async function finishedServices({ db, clock }: Pick<Context, 'db' | 'clock'>, most: number): Promise<{ finished: Finished[]; names: Map<string, string>; since: Date; at: Date; latest: number | null }> {
  const at = await clock.read(db)
  const since = new Date(at.getTime() - YEAR)
  const found = await listFinishedServices(db, { at, since, limit: most + 1 })
  const awards = found.slice(0, most)
  const places = [...new Set(awards.map(({ tender }) => tender.divisionCode))]
  const [names, rules] = await Promise.all([listDivisionNames(db, places), Promise.all(places.map(async (place) => [place, { calendar: await calendarOf(db, place), silence: silenceUnder(await policiesOf(db, place, dayOf(at))) }] as const)).then((known) => new Map(known))])
  const finished = awards.map((award): Finished => {
    const { landing, tender } = award
    const rule = rules.get(tender.divisionCode)!
    return { division: tender.divisionCode, listing: award.listing, clock: finishedClock(award, rule), caseId: landing?.caseId ?? null, remarks: landing ? remarksOf(landing, { ...rule, now: at }) : [] }
  })
  return { finished, names, since, at, latest: found.length > most ? most : null }
}

/** How often each is to be remarked in the cases of these services, a case with several of them once. */
function remarksIn(finished: readonly Finished[]): TimesBasis['remarks'] {
  const cases = new Map(finished.flatMap(({ caseId, remarks }) => (caseId ? [[caseId, remarks] as const] : [])))
  const counted = [...Map.groupBy([...cases.values()].flat(), ({ what }) => what)].map(([what, of]) => [what, of.length])
  return Object.fromEntries(counted) as TimesBasis['remarks']
}

function averages(finished: readonly Finished[], groupOf: (one: Finished) => { code: string; name: string }): ServiceTimes[] {
  const groups = [...Map.groupBy(finished, (one) => groupOf(one).code)].map(([code, of]): ServiceTimes => {
    const average = (days: (one: Finished) => number) => Math.round((of.reduce((sum, one) => sum + days(one), 0) / of.length) * 10) / 10
    return { code, name: groupOf(of[0]!).name, count: of.length, whole: average((one) => one.clock.whole), parties: Object.fromEntries(PARTIES.map((party) => [party, average((one) => one.clock.totals[party])])) as Record<Party, number> }
  })
  return groups.toSorted((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1))
}
