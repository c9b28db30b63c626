import type { Database } from '#app/domain/context.ts'
import type { ServiceAnswer } from '#app/domain/guard/asked-service.ts'
import type { Decision } from '#app/domain/guard/decision.ts'

type Row = { case_id: string; service: string; id: string; document: string }

/**
 * The last answer to each service that was demanded in these cases, by the cases' ids. What an office demands of itself is none: it says nothing
 * of the applicant. Found by the project, of which few decisions speak.
 */
export async function listServiceAnswers(db: Database, caseIds: readonly string[]): Promise<Map<string, ServiceAnswer[]>> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select distinct on (file.id, about.service) file.id as case_id, about.service, decided.id, decided.document
       from cases file
       join guard_decisions decided on decided.project_code = file.project_code and decided.authority_id = file.authority_id and decided.case_number = file.number
       left join listings listing on listing.id = decided.listing_id
      cross join lateral (select cast(decided.document as jsonb) -> 'demand' as demand) as said
      cross join lateral (select coalesce(said.demand #>> '{demanded,item}', listing.code) as service) as about
      where file.id = any (?) and about.service is not null and said.demand ->> 'commissioner' is distinct from 'authority'
      order by file.id, about.service, decided.ordinal desc`,
    [[...caseIds]],
  )
  const answers = new Map<string, ServiceAnswer[]>(caseIds.map((id) => [id, []]))
  for (const { case_id: of, service, id, document } of rows) {
    const { verdict, material, reasons, facts, alternatives } = JSON.parse(document) as Decision
    answers.get(of)!.push({ decision: id, service, verdict, material, reasons, facts, alternatives })
  }
  return answers
}
