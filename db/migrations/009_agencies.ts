import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What a certificate can be, from the seeds; 'admission' says whether any rule still lets one require it.
    create table qualification_kinds (
      code text primary key,
      category text not null,
      name text not null,
      grades text[] not null,
      issuer text,
      valid_years integer,
      practitioners text[] not null,
      admission text not null check (admission in ('statutory', 'voluntary', 'abolished', 'conditions', 'none', 'check')),
      note text not null,
      source text not null,
      -- Categories of the list whose services a law ties to this qualification.
      categories text[] not null default '{}'
    );

    -- An imported agency has not committed until somebody claims it; one that was here before has no notice left to run.
    alter table agencies alter column committed_at drop not null;
    alter table agencies
      add column notice_ends_at timestamptz,
      add column service_divisions text[] not null default '{}',
      add column agent_name text,
      add column contact_name text,
      add column contact_phone text;

    alter table agency_documents drop constraint agency_documents_kind_check;
    alter table agency_documents
      add constraint agency_documents_kind_check check (kind in ('licence', 'power-of-attorney', 'certificate', 'social-insurance')),
      add column removed_at timestamptz;

    create table agency_qualifications (
      id uuid primary key,
      agency_id uuid not null references agencies,
      kind text not null references qualification_kinds,
      grade text,
      scope text not null default '',
      issuer text not null,
      number text not null,
      valid_until date,
      added_at timestamptz not null,
      added_by uuid references accounts,
      -- The certificate in whose place this one came.
      renews uuid references agency_qualifications,
      removed_at timestamptz
    );
    create unique index agency_qualifications_live on agency_qualifications (agency_id, kind, number) where removed_at is null;

    create table agency_practitioners (
      id uuid primary key,
      agency_id uuid not null references agencies,
      name text not null,
      proof text not null check (proof in ('social-insurance', 'retired', 'seconded')),
      added_at timestamptz not null,
      added_by uuid references accounts,
      removed_at timestamptz
    );
    create index agency_practitioners_live on agency_practitioners (agency_id) where removed_at is null;

    -- One employer at a time: a licence is held by one live practitioner of one agency.
    create table practitioner_licences (
      id uuid primary key,
      practitioner_id uuid not null references agency_practitioners,
      kind text not null,
      number text not null,
      added_at timestamptz not null,
      removed_at timestamptz
    );
    create unique index practitioner_licences_live on practitioner_licences (kind, number) where removed_at is null;

    -- An operator's formal check after the agency became active, and the agency's answer to one that was returned.
    create table agency_checks (
      id uuid primary key,
      -- Two checks of one millisecond have an order too.
      ordinal bigint generated always as identity unique,
      agency_id uuid not null references agencies,
      verdict text not null check (verdict in ('passed', 'returned')),
      reasons text[] not null,
      note text not null default '',
      checked_at timestamptz not null,
      checked_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      check ((verdict = 'returned') = (cardinality(reasons) > 0))
    );
    create index agency_checks_latest on agency_checks (agency_id, ordinal desc);

    create table agency_check_answers (
      check_id uuid primary key references agency_checks,
      answer text not null,
      answered_at timestamptz not null,
      answered_by uuid not null references accounts
    );

    create view agency_latest_checks as
      select distinct on (checks.agency_id) checks.agency_id, checks.id, checks.verdict, checks.reasons, checks.note, checks.checked_at, answers.answer, answers.answered_at
      from agency_checks as checks left join agency_check_answers as answers on answers.check_id = checks.id
      order by checks.agency_id, checks.ordinal desc;

    -- An edited offering is a new version in the place of the old one, which stays.
    alter table offerings add column replaces uuid unique references offerings;

    -- A registration that is being filled in. The token lies in a cookie, its hash here; passwords lie here as hashes only.
    create table registration_drafts (
      id uuid primary key,
      token_hash bytea not null unique,
      account_id uuid references accounts,
      answers jsonb not null default '{}',
      password_hash text,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      expires_at timestamptz not null,
      sent_at timestamptz,
      agency_id uuid references agencies
    );
    create index registration_drafts_of_account on registration_drafts (account_id, updated_at desc) where sent_at is null;
    create index registration_drafts_expiry on registration_drafts (expires_at);

    -- Whom an invitation makes: a delegate, or the manager who claims an imported agency.
    alter table invitations add column duty text not null default 'delegate' check (duty in ('manager', 'delegate'));

    create table agency_imports (
      id uuid primary key,
      file_name text not null,
      sha256 bytea not null check (octet_length(sha256) = 32),
      report jsonb not null,
      uploaded_at timestamptz not null,
      uploaded_by uuid not null references accounts,
      confirmed_at timestamptz,
      confirmed_by uuid references accounts
    );
    create index agency_imports_newest on agency_imports (uploaded_at desc, id desc);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
