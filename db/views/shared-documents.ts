import type { Day } from '#app/domain/calendar.ts'
import type { Applicant, Case, MaterialState } from '#app/domain/cases/case.ts'
import type { Database } from '#app/domain/context.ts'

/** Where a document lies that a case takes over: the other case, with what landed there where it was bought. */
export type HeldDocument = {
  caseId: string
  material: string
  source: Pick<Case, 'id' | 'authorityId' | 'divisionCode' | 'projectCode' | 'applicant'>
  state: MaterialState
  landed: { id: string; name: string; tender: string; validUntil: Day | null } | null
}

/** The documents that these cases take over from others and that are in there on a day. One query. */
export async function listHeldDocuments(db: Database, { caseIds, on }: { caseIds: readonly string[]; on: Day }): Promise<HeldDocument[]> {
  const { rows } = await db.raw<{ rows: HeldDocument[] }>(
    `select for_case as "caseId", for_code as material, held.state, landed,
      jsonb_build_object('id', source.id, 'authorityId', source.authority_id, 'divisionCode', source.division_code, 'projectCode', source.project_code, 'applicant', jsonb_build_object('uscc', source.applicant_uscc, 'name', source.applicant_name)) as source
    from held_documents(cast(:ids as uuid[]), cast(:on as date)) held join cases source on source.id = held.case_id
    order by for_case, for_code`,
    { ids: [...caseIds], on },
  )
  return rows
}

/** In which case of an authority does a result count as in that landed in another case, and as which document? Nothing once it is not valid any more, or once this office turned it away. */
export async function findTakenResult(db: Database, { id, authorityId, on }: { id: string; authorityId: string; on: Day }): Promise<{ caseNumber: string; material: string } | undefined> {
  const { rows } = await db.raw<{ rows: { caseNumber: string; material: string }[] }>(
    `select taking.number as "caseNumber", held.for_code as material
    from deliverables result join cases taking on taking.project_code = result.project_code and taking.authority_id = :authorityId
    cross join lateral held_documents(array[taking.id], cast(:on as date)) held
    where result.id = :id and held.landed ->> 'id' = cast(result.id as text)
      and exists (select from case_materials where case_id = taking.id and shared_from is not null)
    order by taking.ordinal, held.for_code limit 1`,
    { id, authorityId, on },
  )
  return rows[0]
}

/** Is there another case of this number, of whatever authority, for the same project and applicant? @param but the case that asks, which is no source of its own */
export async function hasSourceCase(db: Database, { number, projectCode, applicant, but }: { number: string; projectCode: string; applicant: Applicant; but: { authorityId: string; number: string } }): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `select from cases source where source.project_code = :project and source.number = :number and not (source.authority_id = :authority and source.number = :own) and source.applicant_uscc is not distinct from cast(:uscc as text) and (source.applicant_uscc is not null or source.applicant_name = :name) limit 1`,
    { number, project: projectCode, authority: but.authorityId, own: but.number, uscc: applicant.uscc, name: applicant.name },
  )
  return rows.length > 0
}
