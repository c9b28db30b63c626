import type { Knex } from 'knex'

/** What a contract and its results need beyond their rows: by when somebody has to answer, of which project a result is, and who was warned of which limit. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table contracts
      add column confirm_by timestamptz not null check (confirm_by > filed_at),
      add column ledger_entry_id uuid not null references ledger_entries,
      add check ((refused_at is null) = (refusal is null));
    create index contracts_by_file on contracts (sha256);
    create index contracts_of_tender on contracts (tender_id, filed_at);

    alter table deliverables
      -- Of the tender, said here too: the guard asks by project and service for what is on file, in one indexed read.
      add column project_code text not null,
      add column answer_by timestamptz not null check (answer_by > delivered_at),
      -- Which of the first reasons were not met; a later return says so.
      add column unmet text,
      add column ledger_entry_id uuid not null references ledger_entries,
      add check (unmet is null or returned_at is not null),
      add check (valid_until is null or accepted_at is not null);
    create index deliverables_by_file on deliverables (sha256) where sha256 is not null;
    create index deliverables_on_file on deliverables (project_code, listing_code) where accepted_at is not null;
    create index deliverables_waiting on deliverables (answer_by) where accepted_at is null and returned_at is null;

    -- That a limit of the service clock was warned of: once for each round and level, whoever walks the clocks how often.
    create table limit_warnings (
      about text not null check (about in ('tender', 'case')),
      about_id uuid not null,
      name text not null,
      round integer not null check (round > 0),
      level text not null check (level in ('near', 'last-day', 'over')),
      due_at timestamptz not null,
      told_at timestamptz not null,
      primary key (about_id, name, round, level)
    );

    revoke update, delete on limit_warnings from mingdan_app;
    grant update (unmet) on deliverables to mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
