import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table categories (
      code text primary key check (code ~ '^([0-9]{2}|[0-9]{4})$'),
      parent_code text references categories,
      name text not null,
      initials text not null,
      nature text check (nature in ('statutory-candidate', 'authority-commissioned', 'market')),
      approval_items text[] not null default '{}',
      source text not null
    );

    create table approval_items (
      code text primary key,
      name text not null unique,
      stage text not null check (stage in ('land-and-planning', 'engineering', 'construction', 'completion')),
      parallel boolean not null,
      authority text not null,
      statutory_days integer,
      promised_days integer,
      day_unit text check (day_unit in ('working', 'calendar')),
      commissioner text not null check (commissioner in ('applicant', 'authority')),
      self_prepare boolean,
      applies_when text,
      legal_basis text,
      services text[] not null,
      note text,
      source text not null,
      promised_source text,
      sample boolean not null
    );

    create table catalogue_versions (
      division_code text not null references divisions,
      number integer not null check (number > 0),
      effective_on date not null,
      note text not null,
      adopted_at timestamptz not null,
      adopted_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (division_code, number)
    );

    -- One row is one wording of one listed service, in force from a day until a day (half open).
    create table listings (
      id uuid primary key,
      division_code text not null references divisions,
      code text not null,
      name text not null,
      aliases text[] not null default '{}',
      category_code text references categories,
      nature text not null check (nature in ('statutory', 'authority-commissioned', 'market')),
      approval_items text[] not null default '{}',
      stages text[] not null default '{}',
      rules jsonb not null,
      details jsonb not null,
      in_force_from date not null,
      in_force_until date,
      since_version integer not null,
      until_version integer,
      check (in_force_until is null or in_force_from < in_force_until),
      exclude using gist (division_code with =, code with =, daterange(in_force_from, in_force_until) with &&),
      foreign key (division_code, since_version) references catalogue_versions (division_code, number),
      foreign key (division_code, until_version) references catalogue_versions (division_code, number)
    );
    create index listings_by_code on listings (code, division_code, in_force_from);
    create index listings_by_category on listings (category_code);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
