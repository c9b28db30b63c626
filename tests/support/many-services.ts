import type { Knex } from 'knex'

/** So many services more in the national tables, each with its tender for the same document of a case and five steps, as the one tender has them that was told of already. */
export async function manyServices(db: Knex, { number, count }: { number: string; count: number }): Promise<void> {
  await db.raw(
    `with model as (select * from tenders where number = :number),
    made as (
      insert into tenders
      select (jsonb_populate_record(cast(row(model.*) as tenders), jsonb_build_object('id', gen_random_uuid(), 'number', model.number || '-' || n))).* from model, generate_series(1, :count) n
      returning id, number
    ), tied as (
      insert into case_tenders (tender_id, case_id, material_code, opened_at)
      select made.id, tie.case_id, tie.material_code, tie.opened_at from made, case_tenders tie join model on model.id = tie.tender_id
    )
    insert into exchange_rows (id, form, instance, step, version, content, why, reason, written_at)
    select gen_random_uuid(), said.form, made.number, case when said.form = 'step' then said.step || n else '' end, 1, said.content || jsonb_build_object('zjfwsxslbm', made.number), '{}', null, said.written_at
    from made, (select distinct on (form) * from exchange_rows where instance = :number and content is not null order by form, lsh) said, generate_series(1, 5) n
    where said.form = 'step' or n = 1
    order by made.number, said.form, n`,
    { number, count },
  )
  await db.raw('analyze')
}
