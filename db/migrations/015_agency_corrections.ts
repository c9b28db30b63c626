import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What stood in an agency's record until it corrected it: a tender that was public by then still looks at both.
    create table agency_corrections (
      id uuid primary key,
      agency_id uuid not null references agencies,
      changed text[] not null check (cardinality(changed) > 0),
      legal_representative text,
      phone text,
      address text,
      agent_name text,
      contact_name text,
      contact_phone text,
      corrected_at timestamptz not null,
      corrected_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create index agency_corrections_of_agency on agency_corrections (agency_id, corrected_at);
    revoke update, delete on agency_corrections from mingdan_app;

    -- A pass was of the licence as it read then: with another legal representative the agency waits for a check again.
    create or replace view agency_latest_checks as
      select latest.* from (
        select distinct on (checks.agency_id) checks.agency_id, checks.id, checks.verdict, checks.reasons, checks.note, checks.checked_at, answers.answer, answers.answered_at
        from agency_checks as checks left join agency_check_answers as answers on answers.check_id = checks.id
        order by checks.agency_id, checks.ordinal desc
      ) as latest
      where latest.verdict <> 'passed' or not exists (
        select from agency_corrections as correction
         where correction.agency_id = latest.agency_id and correction.changed @> array['legalRepresentative'] and correction.corrected_at > latest.checked_at
      );
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
