import type { Knex } from 'knex'

/** What an office asks for by a case's list of documents, and what it turns away there, is judged as what it says elsewhere. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A case system has no account. Which document of which case it was is for the regulator's file, and the case's number is told nowhere else.
    alter table turned_away_documents
      alter column account_id drop not null,
      add column case_id uuid references cases,
      add column material_code text,
      add check (num_nulls(case_id, material_code) in (0, 2)),
      add check (account_id is not null or case_id is not null);
    create index turned_away_in_case on turned_away_documents (case_id) where case_id is not null;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
