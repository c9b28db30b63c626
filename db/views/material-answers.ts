import type { Database } from '#app/domain/context.ts'
import type { MaterialAnswer } from '#app/domain/guard/asked-service.ts'
import type { Decision } from '#app/domain/guard/decision.ts'

export type { MaterialAnswer }

type Row = { case_id: string; material: string; service: string; means: MaterialAnswer['means']; id: string | null; document: string | null; withdrawn: boolean | null }

/**
 * The answer that stands to each service that was demanded in these cases for the approval that each is now for: the one of the latest day, of one
 * day the last on record. What an office demands of itself is none: it says nothing of the applicant. Found by the project, of which few decisions speak.
 */
const ANSWERED = `
  select distinct on (file.id, about.service) file.id as case_id, about.service, decided.id, decided.document,
         exists (select from withdrawn_demands gone where gone.decision_id = decided.id
                 union select from withdrawn_demands gone join word_reviews review on review.decision_id = gone.decision_id where review.answer_id = decided.id) as withdrawn
    from cases file
    join approval_items item on item.code = file.approval_item
    join guard_decisions decided on decided.project_code = file.project_code and decided.authority_id = file.authority_id and decided.case_number = file.number and decided.approval_item = item.name
    left join listings listing on listing.id = decided.listing_id
   cross join lateral (select cast(decided.document as jsonb) -> 'demand' as demand) as said
   cross join lateral (select coalesce(said.demand #>> '{demanded,item}', listing.code) as service) as about
   where file.id = any (:ids) and about.service is not null and said.demand ->> 'commissioner' is distinct from 'authority'
   order by file.id, about.service, decided.demanded_on desc, decided.ordinal desc`

/** By the code of its service a document is judged, unless its name means another one exactly; an own document only by what it means. */
const MEANT = `
  select material.case_id, material.code, material.place,
         case when material.listing_code is null or meaning.is_exact then coalesce(meaning.listing_code, material.listing_code) else material.listing_code end as service,
         case when meaning.listing_code is distinct from material.listing_code then meaning.listing_code end as means
    from case_materials material
    left join material_meanings meaning on meaning.case_id = material.case_id and meaning.material_code = material.code and meaning.name = material.name and meaning.written_under is not distinct from material.listing_code
   where material.case_id = any (:ids) and material.source <> 'shared'`

/** What the guard says of each document of these cases that a service of the list yields or whose name means one, by the cases' ids, in one query. */
export async function listMaterialAnswers(db: Database, caseIds: readonly string[]): Promise<Map<string, MaterialAnswer[]>> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `with answered as materialized (${ANSWERED}), meant as (${MEANT})
     select meant.case_id, meant.code as material, meant.service, answered.id, answered.document, answered.withdrawn,
            case when meant.means is not null then jsonb_build_object('code', meant.means, 'name', coalesce((
              select listing.name from listings listing
               where listing.code = meant.means and listing.division_code in (file.division_code, left(file.division_code, 4) || '00', left(file.division_code, 2) || '0000')
               order by listing.division_code desc, listing.in_force_from desc limit 1), meant.means)) end as means
       from meant
       join cases file on file.id = meant.case_id
       left join answered on answered.case_id = meant.case_id and answered.service = meant.service
      where meant.service is not null
      order by meant.case_id, meant.place`,
    { ids: [...caseIds] },
  )
  const answers = new Map<string, MaterialAnswer[]>(caseIds.map((id) => [id, []]))
  for (const { case_id: of, document, withdrawn, id, ...said } of rows) answers.get(of)!.push({ ...said, answer: id === null ? null : { decision: id, ...saidIn(document!), withdrawn: withdrawn! } })
  return answers
}

function saidIn(document: string) {
  const { verdict, material, reasons, facts, alternatives } = JSON.parse(document) as Decision
  return { verdict, material, reasons, facts, alternatives }
}
