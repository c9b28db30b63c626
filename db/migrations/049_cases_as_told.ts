import type { Knex } from 'knex'

/** When each state of a case was told, beside when it is said to have begun; and a document may leave its case once no purchase stands for it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- That a document is there while a purchase of it stands is kept by the verbs: one draft that was thrown away would hold it for ever.
    alter table case_tenders
      drop constraint case_tenders_case_id_material_code_fkey,
      add foreign key (case_id) references cases;
    -- When the office first said so here. Null for what was told on the case's first day here, and for what stands since before: both are taken as they read.
    alter table case_states add column recorded_at timestamptz;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
