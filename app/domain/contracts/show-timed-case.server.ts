import type { Client, Member } from '#app/domain/accounts/actor.ts'
import { showCase, showOwnCase } from '#app/domain/cases/show-case.server.ts'
import type { Limit } from '#app/domain/cases/clock-limits.ts'
import type { ServiceClock } from '#app/domain/cases/service-clock.ts'
import type { Context } from '#app/domain/context.ts'
import type { CaseService } from '#db/views/case-services.ts'
import { caseTimes, type CaseTimes } from './case-times.server.ts'

/** A service of a case with its clock; null until an award binds. */
export type TimedService = CaseService & { clock: ServiceClock | null; limits: Limit[] }

/** A case by its id with its own clock and that of each of its services. Refuses as {@link showCase}. */
export async function showTimedCase(context: Context & { actor: Member }, id: string) {
  const shown = await showCase(context, id)
  const times = (await caseTimes(context, [shown.case])).of.get(id)!
  return { ...shown, clock: times.clock, office: times.office, services: timed(shown.services, times) }
}

/** A case by its number with the same, for its own authority alone. Refuses as {@link showOwnCase}. */
export async function showOwnTimedCase(context: Context & { actor: Client | Member }, number: string) {
  const shown = await showOwnCase(context, number)
  const times = (await caseTimes(context, [shown.case])).of.get(shown.case.id)!
  return { ...shown, clock: times.clock, office: times.office, services: timed(shown.services, times) }
}

function timed(services: readonly CaseService[], { services: times }: CaseTimes): TimedService[] {
  return services.map((service) => {
    const time = times.find(({ tenderId }) => tenderId === service.tender?.id)
    return { ...service, clock: time?.clock ?? null, limits: time?.limits ?? [] }
  })
}
