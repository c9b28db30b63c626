import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table divisions (
      code text primary key check (code ~ '^[0-9]{6}$'),
      name text not null,
      level text not null check (level in ('province', 'city', 'county')),
      parent_code text references divisions
    );

    -- Where the marketplace is open. A demo marketplace counts in seconds and says so on its pages.
    create table marketplaces (
      division_code text primary key references divisions,
      opened_on date not null,
      demo boolean not null default false
    );

    create table policy_parameters (
      division_code text not null references divisions,
      name text not null,
      value jsonb not null,
      source text not null,
      from_on date not null,
      until_on date,
      primary key (division_code, name, from_on),
      check (until_on is null or from_on < until_on)
    );

    create table calendar_days (
      division_code text not null references divisions,
      day date not null,
      working boolean not null,
      reason text not null,
      primary key (division_code, day)
    );

    create table organisations (
      id uuid primary key,
      kind text not null check (kind in ('organisation', 'natural-person')),
      uscc text unique check (uscc ~ '^[0-9A-Z]{18}$'),
      name text not null,
      legal_representative text,
      phone text,
      address text,
      division_code text not null references divisions,
      supervisor_id uuid references organisations,
      registered_at timestamptz not null,
      check ((kind = 'organisation') = (uscc is not null))
    );

    create table organisation_roles (
      organisation_id uuid not null references organisations,
      role text not null check (role in ('agency', 'owner', 'authority', 'regulator', 'operator')),
      since timestamptz not null,
      until timestamptz,
      primary key (organisation_id, role, since)
    );
    create unique index organisation_roles_live on organisation_roles (organisation_id, role) where until is null;

    create table accounts (
      id uuid primary key,
      display_name text not null,
      locale text not null check (locale in ('zh', 'en')),
      created_at timestamptz not null,
      disabled_at timestamptz
    );

    -- The local sign-in provider; another provider (OIDC) fills identities instead.
    create table credentials (
      account_id uuid primary key references accounts,
      sign_in_name text not null unique check (sign_in_name = lower(sign_in_name)),
      password_hash text not null,
      changed_at timestamptz not null
    );

    create table identities (
      provider text not null,
      subject text not null,
      account_id uuid not null references accounts,
      primary key (provider, subject)
    );

    create table memberships (
      account_id uuid not null references accounts,
      organisation_id uuid not null references organisations,
      role text not null check (role in ('agency', 'owner', 'authority', 'regulator', 'operator')),
      duty text not null check (duty in ('manager', 'delegate')),
      since timestamptz not null,
      until timestamptz,
      primary key (account_id, organisation_id, role, since)
    );
    create index memberships_of_account on memberships (account_id) where until is null;

    create table sessions (
      id uuid primary key,
      token_hash bytea not null unique,
      -- The token before the last rotation, still good for a few seconds: pages ask in parallel.
      previous_token_hash bytea unique,
      previous_until timestamptz,
      account_id uuid not null references accounts,
      organisation_id uuid references organisations,
      role text,
      user_agent text not null,
      created_at timestamptz not null,
      last_seen_at timestamptz not null,
      rotated_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz
    );
    create index sessions_of_account on sessions (account_id) where revoked_at is null;

    -- A manager hands a delegate a link that works once; only its hash is kept.
    create table invitations (
      id uuid primary key,
      token_hash bytea not null unique,
      organisation_id uuid not null references organisations,
      role text not null check (role in ('agency', 'owner', 'authority', 'regulator', 'operator')),
      invited_by uuid not null references accounts,
      display_name text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      taken_at timestamptz,
      taken_by uuid references accounts,
      revoked_at timestamptz
    );
    create index invitations_of_organisation on invitations (organisation_id, created_at desc);

    -- Who can be played by one click, and one sentence about each; empty outside the demo.
    create table demo_people (
      account_id uuid primary key references accounts,
      place integer not null unique,
      sentence_zh text not null,
      sentence_en text not null
    );

    create table api_clients (
      id text primary key,
      name text not null,
      secret_hash text not null,
      organisation_id uuid not null references organisations,
      scopes text[] not null,
      created_at timestamptz not null,
      revoked_at timestamptz
    );

    create table idempotency_keys (
      client_id text not null references api_clients,
      key text not null,
      request_hash bytea not null,
      status integer not null,
      body text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (client_id, key)
    );
    create index idempotency_keys_expiry on idempotency_keys (expires_at);

    -- The table of rate-limiter-flexible, made here because the application may not create tables.
    create table rate_limits (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
