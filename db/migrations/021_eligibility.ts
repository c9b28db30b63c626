import type { Knex } from 'knex'

/** What eligibility is computed from besides: what a tender asks for, who may not bid for a while, and who holds a share of whom. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenders add column conditions jsonb not null default '{"need": "all", "of": [], "practitioners": null}';

    -- A decision that keeps an agency from bidding for a while. Ours is of the platform agreement; the others are copied from the
    -- authority that made them, with their number. The clock ends it; a lift ends it earlier.
    create table agency_sanctions (
      id uuid primary key,
      agency_id uuid not null references agencies,
      kind text not null check (kind in ('platform-suspension', 'administrative-penalty', 'serious-dishonesty')),
      number text not null,
      authority text not null,
      reason text not null,
      from_on date not null,
      -- Its last day; null where it holds until the authority takes it back.
      until_on date check (until_on >= from_on),
      -- The day from which nobody can contest the decision any more; before it the public reads nothing of it.
      final_on date not null check (final_on >= from_on),
      recorded_at timestamptz not null,
      recorded_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      check (until_on is not null or kind = 'serious-dishonesty'),
      unique (agency_id, kind, number)
    );
    create index agency_sanctions_newest on agency_sanctions (recorded_at desc, id);

    create table agency_sanction_lifts (
      sanction_id uuid primary key references agency_sanctions,
      reason text not null,
      lifted_at timestamptz not null,
      lifted_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    -- Who holds a share of an agency, one a line with the share last; nobody but the house and the agency reads it.
    alter table agencies add column shareholders text;
    alter table agency_corrections add column shareholders text;
    create index bids_by_submitter on bids (submitted_by, tender_id);

    -- Which browser published a tender or bid in it, hashed apart for each tender; the worker deletes it when its time is up.
    create table device_marks (
      tender_id uuid not null references tenders,
      organisation_id uuid not null references organisations,
      mark bytea not null check (length(mark) = 32),
      expires_at timestamptz not null,
      primary key (tender_id, organisation_id, mark)
    );
    create index device_marks_expiring on device_marks (expires_at);

    -- People of the last years on both sides, as the close found them; they put nobody out, and a regulator looks at them.
    alter table tender_closings add column people jsonb not null default '[]';
    -- The same at an award, with whom it passed over and why.
    create table award_checks (
      ledger_entry_id uuid primary key references ledger_entries,
      tender_id uuid not null references tenders,
      checked_at timestamptz not null,
      passed_over jsonb not null,
      people jsonb not null
    );
    create index award_checks_of on award_checks (tender_id);

    revoke update, delete on agency_sanctions, agency_sanction_lifts, award_checks from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
