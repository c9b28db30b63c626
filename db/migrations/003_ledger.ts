import type { Knex } from 'knex'

/** The ledger of docs/decisions/005: entries join the act's transaction; leaves and checkpoints are the sequencer's alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table ledger_entries (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      kind text not null,
      subject text not null,
      division_code text not null references divisions,
      body text not null check (octet_length(body) <= 16384),
      leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
      payload_hash bytea check (octet_length(payload_hash) = 32),
      at timestamptz not null,
      recorded_at timestamptz not null,
      trace_id text not null
    );
    create index ledger_entries_of_subject on ledger_entries (subject, ordinal);
    create unique index ledger_entries_by_leaf on ledger_entries (leaf_hash);
    create index ledger_entries_of_keys on ledger_entries (subject) where kind in ('key.added', 'key.retired');

    -- What waits for a leaf. A row comes with its entry by trigger, so no writer can forget it, and only the sequencer takes it away.
    create table ledger_pending (
      entry_id uuid primary key references ledger_entries
    );
    create function await_sequencing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin insert into ledger_pending (entry_id) values (new.id); return null; end $$;
    create trigger ledger_entries_await_sequencing after insert on ledger_entries
      for each row execute function await_sequencing();

    create table ledger_payloads (
      hash bytea primary key check (octet_length(hash) = 32),
      body text not null
    );

    create table ledger_leaves (
      index bigint primary key check (index >= 0),
      entry_id uuid not null unique references ledger_entries,
      leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
      sequenced_at timestamptz not null
    );

    -- Roots of complete subtrees: level 0 are the leaves, level n covers 2^n of them.
    create table ledger_nodes (
      level smallint not null,
      index bigint not null,
      hash bytea not null check (octet_length(hash) = 32),
      primary key (level, index)
    );

    create table ledger_checkpoints (
      size bigint not null,
      root bytea not null check (octet_length(root) = 32),
      key_id text not null,
      note text not null,
      signed_at timestamptz not null,
      primary key (size, key_id)
    );

    -- Personal and secret facts stand in entries as salted hashes. Deleting a row here is their erasure.
    create table ledger_salts (
      entry_id uuid not null references ledger_entries,
      name text not null,
      salt bytea not null check (octet_length(salt) = 32),
      primary key (entry_id, name)
    );

    create table audits (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      account_id uuid,
      organisation_id uuid,
      client_id text,
      act text not null,
      subject text not null,
      details jsonb not null,
      trace_id text not null
    );
    create index audits_of_subject on audits (subject, id);

    create table outbox (
      id bigint generated always as identity primary key,
      event_id uuid not null unique,
      type text not null,
      subject text not null,
      data jsonb not null,
      at timestamptz not null,
      trace_id text not null
    );

    create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception '% only grows', tg_table_name using errcode = 'insufficient_privilege'; end $$;

    create trigger ledger_entries_only_grow before update or delete or truncate on ledger_entries
      for each statement execute function refuse_change();
    create trigger ledger_payloads_only_grow before update or delete or truncate on ledger_payloads
      for each statement execute function refuse_change();
    create trigger ledger_leaves_only_grow before update or delete or truncate on ledger_leaves
      for each statement execute function refuse_change();
    create trigger ledger_nodes_only_grow before update or delete or truncate on ledger_nodes
      for each statement execute function refuse_change();
    create trigger ledger_checkpoints_only_grow before update or delete or truncate on ledger_checkpoints
      for each statement execute function refuse_change();
    create trigger audits_only_grow before update or delete or truncate on audits
      for each statement execute function refuse_change();

    revoke update, delete on ledger_entries, ledger_payloads, audits, outbox from mingdan_app;
    revoke update on ledger_salts from mingdan_app;
    revoke insert, update, delete on ledger_pending from mingdan_app;
    revoke insert, update, delete on ledger_leaves, ledger_nodes, ledger_checkpoints from mingdan_app;
    grant select on ledger_entries, ledger_payloads, divisions, marketplaces to mingdan_ledger;
    grant select, delete on ledger_pending to mingdan_ledger;
    grant select, insert on ledger_leaves, ledger_nodes, ledger_checkpoints to mingdan_ledger;
    grant select on ledger_entries, ledger_payloads, ledger_leaves, ledger_nodes, ledger_checkpoints to mingdan_reader;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
