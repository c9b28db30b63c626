import type { Knex } from 'knex'

/** Facts of a tender's life; its status is derived from them and never stored (house rule 2). */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Counts the tenders of a division and a year; a number is taken in the publishing transaction, so none is lost or given twice.
    create table tender_numbers (
      division_code text not null references divisions,
      year integer not null,
      last integer not null check (last > 0),
      primary key (division_code, year)
    );

    create table tenders (
      id uuid primary key,
      number text unique,
      owner_id uuid not null references organisations,
      project_code text not null references projects,
      listing_id uuid not null references listings,
      division_code text not null references divisions,
      title text not null,
      requirements text not null,
      service_days integer not null check (service_days > 0),
      ceiling_fen bigint not null check (ceiling_fen > 0),
      method text not null check (method in ('direct', 'random', 'lowest-price', 'average-price', 'live-auction', 'merit', 'credit-shortlist')),
      republishes_id uuid references tenders,
      drafted_at timestamptz not null,
      drafted_by uuid references accounts,
      discarded_at timestamptz,
      -- Set by publication, all together.
      published_at timestamptz,
      published_by uuid references accounts,
      closes_at timestamptz,
      draws_after timestamptz,
      procedure jsonb,
      clearance jsonb,
      draw_source text,
      draw_commitment bytea,
      published_entry_id uuid references ledger_entries,
      -- When the clock had nothing more to do: written with the row that ended the tender, so that what is owed stays one short index.
      settled_at timestamptz,
      check (num_nonnulls(number, published_at, closes_at, draws_after, procedure, clearance, draw_source, draw_commitment, published_entry_id) in (0, 9)),
      check (published_at < closes_at and closes_at < draws_after)
    );
    create index tenders_of_owner on tenders (owner_id, drafted_at desc, id);
    create index tenders_published on tenders (published_at desc, id) where published_at is not null;
    create index tenders_unsettled on tenders (closes_at) where published_at is not null and settled_at is null;
    create index tenders_settled on tenders (settled_at desc, id) where settled_at is not null;

    create table bids (
      id uuid primary key,
      ordinal bigint generated always as identity unique,
      tender_id uuid not null references tenders,
      agency_id uuid not null references agencies,
      body text not null,
      hash bytea not null unique check (octet_length(hash) = 32),
      submitted_by uuid references accounts,
      received_at timestamptz not null,
      replaced_at timestamptz,
      withdrawn_at timestamptz,
      receipt text not null,
      ledger_entry_id uuid not null references ledger_entries
    );
    create unique index bids_standing on bids (tender_id, agency_id) where replaced_at is null and withdrawn_at is null;
    create index bids_of_tender on bids (tender_id, ordinal);
    create index bids_of_agency on bids (agency_id, ordinal desc);

    create table tender_closings (
      tender_id uuid primary key references tenders,
      closed_at timestamptz not null,
      outcome text not null check (outcome in ('to-draw', 'too-few-bidders')),
      eligible integer not null,
      excluded integer not null,
      -- One for every received bid, in the order of receipt: what the pool will hold.
      verdicts jsonb not null,
      ledger_entry_id uuid not null references ledger_entries
    );

    create table draw_pools (
      tender_id uuid primary key references tender_closings,
      root bytea not null check (octet_length(root) = 32),
      leaves jsonb not null,
      frozen_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries
    );

    create table draws (
      tender_id uuid primary key references draw_pools,
      drawn_at timestamptz not null,
      beacon jsonb not null,
      secret bytea not null,
      bundle text not null,
      ledger_entry_id uuid not null references ledger_entries
    );

    create table draw_positions (
      tender_id uuid not null references draws,
      place integer not null check (place > 0),
      bid_id uuid not null references bids,
      position bytea not null check (octet_length(position) = 32),
      primary key (tender_id, place),
      unique (tender_id, bid_id)
    );

    create table awards (
      tender_id uuid primary key references draws,
      bid_id uuid not null unique references bids,
      place integer not null,
      awarded_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries,
      foreign key (tender_id, place) references draw_positions (tender_id, place)
    );

    revoke delete on tenders, bids from mingdan_app;
    -- A bid is what was received; it may end, and nothing else of it may change.
    revoke update on bids from mingdan_app;
    grant update (replaced_at, withdrawn_at) on bids to mingdan_app;
    revoke update, delete on tender_closings, draw_pools, draws, draw_positions, awards from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
