import type { Knex } from 'knex'

/** Where the documents that cases take over from other cases lie. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- As far as they are in there. A document is followed by its code or its name through cases of the same project and applicant (one unified
    -- code; of persons, who have none, one name), also where the next case takes it over too; each step by an index. What was turned away here is not in.
    -- A function, and strict so that it stays one: a read that asks for it makes its plan ready only where a case takes something over.
    create function held_documents(asked uuid[], on_day date)
    returns table (for_case uuid, for_code text, for_name text, case_id uuid, name text, listing_code text, state text, landed jsonb)
    language sql stable strict
    as $$
      with recursive taken as (
        select wanted.case_id as for_case, wanted.code as for_code, wanted.name as for_name, wanted.case_id, wanted.code, wanted.name, wanted.shared_from
        from case_materials wanted where wanted.case_id = any ($1) and wanted.shared_from is not null and wanted.state <> 'turned-away'
        union
        select taken.for_case, taken.for_code, taken.for_name, source.id, there.code, there.name, there.shared_from
        from taken
        join cases here on here.id = taken.case_id
        join cases source on source.project_code = here.project_code and source.number = taken.shared_from and source.id <> here.id
          and source.applicant_uscc is not distinct from here.applicant_uscc and (source.applicant_uscc is not null or source.applicant_name = here.applicant_name)
        join case_materials there on there.case_id = source.id and (there.code = taken.code or there.name = taken.name)
      ), lying as (
        select taken.for_case, taken.for_code, taken.for_name, there.case_id, there.code, there.name, there.listing_code, there.state, (
          select jsonb_build_object('id', result.id, 'name', result.name, 'tender', tenders.number, 'validUntil', result.valid_until)
          from case_tenders opened join tenders on tenders.id = opened.tender_id join contracts on contracts.tender_id = tenders.id join deliverables result on result.contract_id = contracts.id
          where opened.case_id = there.case_id and opened.material_code = there.code
            and result.accepted_at < cast($2 + 1 as timestamp) at time zone 'Asia/Shanghai' and (result.valid_until is null or result.valid_until > $2)
          order by result.valid_until desc nulls first, result.id limit 1
        ) as landed
        from taken join case_materials there on there.case_id = taken.case_id and there.code = taken.code
        where taken.case_id <> taken.for_case
      )
      select distinct on (for_case, for_code) for_case, for_code, for_name, case_id, name, listing_code, state, landed
      from lying where state in ('submitted', 'accepted') or landed is not null
      order by for_case, for_code, code = for_code desc, case_id
    $$;
    revoke execute on function held_documents(uuid[], date) from public;
    grant execute on function held_documents(uuid[], date) to mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
