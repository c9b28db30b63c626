import type { Knex } from 'knex'

/** What case systems say of projects and cases, and what comes back to a case from the market. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A project as one authority's system describes it. What its owner registered stands beside it and is never written over.
    create table project_statements (
      project_code text not null,
      authority_id uuid not null references organisations,
      division_code text not null references divisions,
      name text not null,
      owner_uscc text check (owner_uscc ~ '^[0-9A-Z]{18}$'),
      owner_name text not null,
      flow_type text not null,
      money_source text not null check (money_source in ('fiscal', 'state-owned', 'private')),
      investment_fen bigint check (investment_fen >= 0),
      facts jsonb not null,
      stated_at timestamptz not null,
      primary key (project_code, authority_id)
    );

    -- One application for one approval item. The number is the case system's own, unique within its authority.
    create table cases (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      number text not null,
      authority_id uuid not null references organisations,
      division_code text not null references divisions,
      project_code text not null,
      approval_item text not null references approval_items (code),
      -- The item's national base code and its 31-digit implementation code, both as the case system gives them.
      national_code text,
      implementation_code text,
      flow_type text not null,
      lane text not null check (lane in ('land-and-planning', 'engineering', 'construction', 'completion', 'parallel')),
      applicant_uscc text check (applicant_uscc ~ '^[0-9A-Z]{18}$'),
      applicant_name text not null,
      -- The days that the authority has by law and by its promise, as the case system counts them; null where it said neither.
      statutory_days integer check (statutory_days > 0),
      promised_days integer check (promised_days > 0),
      received_at timestamptz not null,
      changed_at timestamptz not null,
      unique (authority_id, number)
    );
    create index cases_of_project on cases (project_code);
    create index cases_of_applicant on cases (applicant_uscc, ordinal desc);
    create index cases_of_authority on cases (authority_id, ordinal desc);
    create index cases_of_division on cases (division_code text_pattern_ops, ordinal desc);

    -- The states of a case in their order: 1 to 15 as the national exchange numbers them.
    create table case_states (
      case_id uuid not null references cases,
      place integer not null check (place >= 0),
      state smallint not null check (state between 1 and 15),
      at timestamptz not null,
      note text not null default '',
      primary key (case_id, place)
    );

    -- What a case needs. A document is the applicant's own, taken over from another case, or the output of a listed service.
    create table case_materials (
      case_id uuid not null references cases,
      code text not null,
      place integer not null check (place >= 0),
      name text not null,
      source text not null check (source in ('applicant', 'shared', 'service')),
      listing_code text check ((source = 'service') = (listing_code is not null)),
      shared_from text check ((source = 'shared') = (shared_from is not null)),
      state text not null check (state in ('lacking', 'submitted', 'accepted', 'turned-away')),
      reason text not null default '',
      primary key (case_id, code)
    );
    create index case_materials_by_listing on case_materials (listing_code) where listing_code is not null;

    -- Which tender was opened for which document of which case.
    create table case_tenders (
      tender_id uuid primary key references tenders,
      case_id uuid not null,
      material_code text not null,
      opened_at timestamptz not null,
      foreign key (case_id, material_code) references case_materials (case_id, code)
    );
    create index case_tenders_of_case on case_tenders (case_id, material_code);

    -- Filed by one side and confirmed by the other.
    create table contracts (
      id uuid primary key,
      tender_id uuid not null references tenders,
      agency_id uuid not null references agencies,
      amount_fen bigint check (amount_fen >= 0),
      service_days integer not null check (service_days > 0),
      signed_on date not null,
      sha256 bytea not null check (octet_length(sha256) = 32),
      file_name text not null,
      media_type text not null,
      bytes integer not null check (bytes > 0),
      filed_by uuid not null references organisations,
      filed_at timestamptz not null,
      confirmed_at timestamptz check (confirmed_at >= filed_at),
      confirmed_by uuid references organisations check (confirmed_by <> filed_by),
      refused_at timestamptz check (refused_at >= filed_at),
      refusal text,
      check (confirmed_at is null or refused_at is null),
      check ((confirmed_at is null) = (confirmed_by is null))
    );
    create unique index contracts_standing on contracts (tender_id) where refused_at is null;

    -- What a service yielded, round by round: returned once with all reasons, or accepted.
    create table deliverables (
      id uuid primary key,
      contract_id uuid not null references contracts,
      round integer not null check (round > 0),
      listing_code text not null,
      name text not null,
      -- A secret result has no file here: it is handed over on paper, and its receipt is named.
      sha256 bytea check (octet_length(sha256) = 32),
      file_name text,
      media_type text,
      bytes integer check (bytes > 0),
      handover text,
      delivered_at timestamptz not null,
      delivered_by uuid references accounts,
      accepted_at timestamptz check (accepted_at >= delivered_at),
      valid_until date,
      returned_at timestamptz check (returned_at >= delivered_at),
      reasons text,
      answered_by uuid references accounts,
      unique (contract_id, round),
      check (accepted_at is null or returned_at is null),
      check ((returned_at is null) = (reasons is null)),
      check (num_nonnulls(sha256, file_name, media_type, bytes) in (0, 4)),
      check ((sha256 is null) <> (handover is null))
    );
    create index deliverables_accepted on deliverables (accepted_at) where accepted_at is not null;

    revoke update, delete on contracts, deliverables, case_tenders from mingdan_app;
    grant update (confirmed_at, confirmed_by, refused_at, refusal) on contracts to mingdan_app;
    grant update (accepted_at, valid_until, returned_at, reasons, answered_by) on deliverables to mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
