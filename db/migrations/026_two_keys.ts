import type { Knex } from 'knex'

/** Bids that nobody opens alone: whose keys they are sealed to, what each holder showed, and by when it should have. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenders add column two_keys boolean not null default false;

    -- The newest key of an organisation is the one that publications name; the older ones still open what names them.
    create table holder_keys (
      public_key bytea primary key check (length(public_key) = 32),
      ordinal bigint generated always as identity unique,
      organisation_id uuid not null references organisations,
      registered_at timestamptz not null,
      registered_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    create index holder_keys_of_organisation on holder_keys (organisation_id, ordinal);

    -- By when the holders should have shown their shares; null where bids are not sealed in shares.
    alter table draw_pools add column release_by timestamptz check (release_by > frozen_at);

    create table share_releases (
      tender_id uuid not null references draw_pools,
      holder text not null check (holder in ('owner', 'regulator', 'platform')),
      ordinal bigint generated always as identity unique,
      -- What it was given of each bid's key: bid, share and salt, in the order of receipt. Public from the opening on.
      shares jsonb not null,
      released_at timestamptz not null,
      -- Null where the platform showed its own.
      released_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (tender_id, holder)
    );
    create view released_shares as
      select tender_id, count(*)::integer as releases, array_agg(holder order by ordinal) as holders from share_releases group by tender_id;

    -- Whose share of a bid's key was not the one that was promised, or was missing where too few were there.
    alter table bid_openings add column holders text[] not null default '{}';

    revoke update, delete on holder_keys, share_releases from mingdan_app;
    revoke insert, update, delete on released_shares from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
