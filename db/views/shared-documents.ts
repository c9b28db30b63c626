import type { Day } from '#app/domain/calendar.ts'
import type { Applicant, Case, MaterialState } from '#app/domain/cases/case.ts'
import type { Database } from '#app/domain/context.ts'
import { VALID_ON } from './results-on-file.ts'

/** One unified code; of persons, who have none, one name. */
const sameApplicant = (one: string, uscc: string, name: string) => `${one}.applicant_uscc is not distinct from ${uscc} and (${one}.applicant_uscc is not null or ${one}.applicant_name = ${name})`

/** What landed for a document of a case and is still good on the day `:on`. */
const LANDED = `(
  select jsonb_build_object('id', result.id, 'name', result.name, 'tender', tenders.number, 'validUntil', result.valid_until)
  from case_tenders opened join tenders on tenders.id = opened.tender_id join contracts on contracts.tender_id = tenders.id join deliverables result on result.contract_id = contracts.id
  where opened.case_id = there.case_id and opened.material_code = there.code and ${VALID_ON}
  order by result.valid_until desc nulls first, result.id limit 1
)`

/**
 * Behind `with recursive` and a part `file` with the ids of cases: where the documents that they take over from other cases lie, as far as they
 * are in there. A document is followed by its code or its name through cases of the same project and applicant, also where the
 * next one takes it over too; each step by an index. What was turned away here is not in here, wherever it lies.
 */
export const HELD = `
  taken as (
    select file.id as for_case, wanted.code as for_code, wanted.name as for_name, file.id as case_id, wanted.code, wanted.name, wanted.shared_from
    from file join case_materials wanted on wanted.case_id = file.id and wanted.shared_from is not null and wanted.state <> 'turned-away'
    union
    select taken.for_case, taken.for_code, taken.for_name, source.id, there.code, there.name, there.shared_from
    from taken
    join cases here on here.id = taken.case_id
    join cases source on source.project_code = here.project_code and source.number = taken.shared_from and source.id <> here.id and ${sameApplicant('source', 'here.applicant_uscc', 'here.applicant_name')}
    join case_materials there on there.case_id = source.id and (there.code = taken.code or there.name = taken.name)
  ),
  held as (
    select distinct on (for_case, for_code) for_case, for_code, for_name, there.case_id, there.name, there.listing_code, there.state, ${LANDED} as landed
    from taken join case_materials there on there.case_id = taken.case_id and there.code = taken.code
    where taken.case_id <> taken.for_case and (there.state in ('submitted', 'accepted') or ${LANDED} is not null)
    order by for_case, for_code, there.code = for_code desc, there.case_id
  )`

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
    `with recursive file as (select id from cases where id = any (:ids)), ${HELD}
    select for_case as "caseId", for_code as material, held.state, landed,
      jsonb_build_object('id', source.id, 'authorityId', source.authority_id, 'divisionCode', source.division_code, 'projectCode', source.project_code, 'applicant', jsonb_build_object('uscc', source.applicant_uscc, 'name', source.applicant_name)) as source
    from held join cases source on source.id = held.case_id
    order by for_case, for_code`,
    { ids: [...caseIds], on },
  )
  return rows
}

/** Is there another case of this number, of whatever authority, for the same project and applicant? @param but the case that asks, which is no source of its own */
export async function hasSourceCase(db: Database, { number, projectCode, applicant, but }: { number: string; projectCode: string; applicant: Applicant; but: { authorityId: string; number: string } }): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `select from cases source where source.project_code = :project and source.number = :number and not (source.authority_id = :authority and source.number = :own) and ${sameApplicant('source', 'cast(:uscc as text)', ':name')} limit 1`,
    { number, project: projectCode, authority: but.authorityId, own: but.number, uscc: applicant.uscc, name: applicant.name },
  )
  return rows.length > 0
}
