import type { Knex } from 'knex'

/** Credit grades of agencies with their history, shortlists that are drawn by them, and what an owner picked from one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A grade counts from its row on until the next row of the same agency and division; nothing is ever overwritten.
    create table credit_grades (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      agency_id uuid not null references agencies,
      division_code text not null references divisions,
      grade text not null check (grade in ('A', 'B', 'C', 'D')),
      -- The published rating that says so, and the reason in words.
      source text not null,
      reason text not null,
      graded_at timestamptz not null,
      graded_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create index credit_grades_of_agency on credit_grades (agency_id, division_code, ordinal desc);
    create index credit_grades_of_division on credit_grades (division_code, ordinal desc);

    alter table tenders
      -- How long the two lists of a credit shortlist are, as the owner says.
      add column shortlist_sizes jsonb,
      add check (method = 'credit-shortlist' or shortlist_sizes is null),
      add check (published_at is null or method <> 'credit-shortlist' or shortlist_sizes is not null);

    -- A shortlist has no prices, so its bids are not sealed; what 023 allows stays allowed.
    alter table tenders
      drop constraint tenders_sealing_check,
      add constraint tenders_sealing_check check (published_at is null or (sealing is not null) = (method not in ('direct', 'random', 'live-auction', 'credit-shortlist')));

    create table shortlists (
      tender_id uuid primary key references draws,
      -- So many places of the drawn order are the small list.
      small integer not null check (small > 0),
      pick_by timestamptz not null
    );

    create table shortlist_picks (
      tender_id uuid primary key references shortlists,
      bid_id uuid not null references bids,
      picked_at timestamptz not null,
      -- Both are null where the period passed without a pick and the first drawn was taken.
      picked_by uuid references accounts,
      reason text,
      ledger_entry_id uuid not null references ledger_entries,
      check ((picked_by is null) = (reason is null))
    );

    revoke update, delete on credit_grades, shortlists, shortlist_picks from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
