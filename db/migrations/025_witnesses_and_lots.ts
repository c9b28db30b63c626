import type { Knex } from 'knex'

/** Lay witnesses who sign a result, and what puts equal sealed prices in order as the owner wants it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenders add column tie_rule text not null default 'draw' check (tie_rule in ('draw', 'electronic-lot'));
    alter table tenders add check (method in ('lowest-price', 'average-price') or tie_rule = 'draw');

    -- Who wants to witness, before there is a result: a key that is on record by then was made for no result in particular.
    create table witness_enrolments (
      id uuid primary key,
      tender_id uuid not null references tenders,
      account_id uuid not null references accounts,
      organisation_id uuid not null references organisations,
      role text not null check (role in ('agency', 'owner')),
      -- Of the pair that the witness' browser made; null where no script ran, and the account stands for it.
      public_key bytea check (length(public_key) = 32),
      enrolled_at timestamptz not null,
      left_at timestamptz check (left_at >= enrolled_at),
      ledger_entry_id uuid not null references ledger_entries
    );
    create unique index witness_enrolments_of_account on witness_enrolments (tender_id, account_id) where left_at is null;
    create unique index witness_enrolments_of_organisation on witness_enrolments (tender_id, organisation_id) where left_at is null;

    create table witness_signatures (
      id uuid primary key,
      tender_id uuid not null references draws,
      place integer not null check (place between 1 and 3),
      account_id uuid not null references accounts,
      organisation_id uuid not null references organisations,
      public_key bytea check (length(public_key) = 32),
      signature bytea check (length(signature) = 64),
      -- The enrolment whose key this is.
      enrolment_id uuid references witness_enrolments,
      signed_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries,
      check ((public_key is null) = (signature is null)),
      check (enrolment_id is null or public_key is not null),
      unique (tender_id, place),
      unique (tender_id, account_id),
      unique (tender_id, organisation_id),
      unique (tender_id, public_key)
    );

    revoke update, delete on witness_enrolments, witness_signatures from mingdan_app;
    grant update (left_at) on witness_enrolments to mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
