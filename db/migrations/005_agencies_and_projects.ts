import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table agencies (
      organisation_id uuid primary key references organisations,
      introduction text not null default '',
      committed_at timestamptz not null,
      admitted_at timestamptz,
      expelled_at timestamptz
    );

    create index agencies_admitted on agencies (admitted_at desc, organisation_id desc) where expelled_at is null;

    -- Papers that an agency showed; the bytes lie under their hash in DATA_DIR/files.
    create table agency_documents (
      id uuid primary key,
      agency_id uuid not null references agencies,
      kind text not null check (kind in ('licence')),
      sha256 bytea not null check (octet_length(sha256) = 32),
      name text not null,
      media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
      bytes integer not null check (bytes > 0),
      uploaded_at timestamptz not null,
      uploaded_by uuid references accounts
    );
    create index agency_documents_of_agency on agency_documents (agency_id, uploaded_at desc);

    create table offerings (
      id uuid primary key,
      agency_id uuid not null references agencies,
      listing_id uuid not null references listings,
      listing_code text not null,
      conditions text not null,
      process text not null,
      promised_days integer not null check (promised_days > 0),
      fee text not null,
      service_divisions text[] not null check (cardinality(service_divisions) > 0),
      offered_at timestamptz not null,
      withdrawn_at timestamptz
    );
    create unique index offerings_live on offerings (agency_id, listing_code) where withdrawn_at is null;
    create index offerings_by_listing on offerings (listing_code) where withdrawn_at is null;

    create table projects (
      code text primary key,
      owner_id uuid not null references organisations,
      division_code text not null references divisions,
      name text not null,
      flow_type text not null,
      money_source text not null check (money_source in ('fiscal', 'state-owned', 'private')),
      investment_fen bigint check (investment_fen >= 0),
      facts jsonb not null,
      registered_at timestamptz not null,
      registered_by uuid references accounts
    );
    create index projects_of_owner on projects (owner_id, registered_at desc);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
