import type { Day } from '#app/domain/calendar.ts'
import type { KnownService } from '#app/domain/catalogue/same-service.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'

/** What the service of a `result` is known by, as the lists of `:chain` word it on the day `:on`, else as they worded it last. */
export const KNOWN_SERVICE = `coalesce((
  select jsonb_build_object('code', known.code, 'name', known.name, 'material', known.rules -> 'material', 'duplicateOf', known.rules -> 'duplicateOf', 'mergedInto', known.rules -> 'mergedInto')
  from listings known
  where known.code = result.listing_code and known.division_code = any (:chain) and not known.removed
  order by known.in_force_from <= cast(:on as date) desc, known.division_code desc, known.in_force_from desc limit 1
), jsonb_build_object('code', result.listing_code, 'name', result.listing_code, 'material', null, 'duplicateOf', null, 'mergedInto', null))`

/** Was a `result` accepted by the end of the day `:on`, and is it still good on it? */
export const VALID_ON = `result.accepted_at < cast(cast(:on as date) + 1 as timestamp) at time zone 'Asia/Shanghai' and (result.valid_until is null or result.valid_until > cast(:on as date))`

/** An accepted result that is still good, the tender by which it was bought, and what its service is known by. */
export type ResultOnFile = { id: string; name: string; number: string; projectCode: string; acceptedAt: Date; validUntil: Day | null; service: KnownService }

/** What is on file for these projects and valid on a day, of whatever service, the longest valid first. */
export async function listResultsOnFile(db: Database, { projectCodes, divisionCodes, on }: { projectCodes: readonly string[]; divisionCodes: readonly string[]; on: Day }): Promise<ResultOnFile[]> {
  const { rows } = await db.raw<{ rows: ResultOnFile[] }>(
    `select result.id, result.name, tenders.number, result.project_code as "projectCode", result.accepted_at as "acceptedAt", result.valid_until as "validUntil", ${KNOWN_SERVICE} as service
    from deliverables result join contracts on contracts.id = result.contract_id join tenders on tenders.id = contracts.tender_id
    where result.project_code = any (:projects) and ${VALID_ON}
    order by result.valid_until desc nulls first, result.accepted_at desc, result.id`,
    { projects: [...new Set(projectCodes)], chain: [...new Set(divisionCodes.flatMap((code) => chainOf(code)))], on },
  )
  return rows
}
