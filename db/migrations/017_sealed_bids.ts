import type { Knex } from 'knex'

/** Sealed bids: to whom they are sealed, what opening them showed, and the order that prices give. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenders
      add column quote_rule jsonb not null default '{"kind": "money"}',
      add column sealing jsonb;
    alter table tenders add check (published_at is null or (sealing is not null) = (method not in ('direct', 'random')));

    alter table tender_closings
      drop constraint tender_closings_outcome_check,
      add constraint tender_closings_outcome_check check (outcome in ('to-draw', 'to-open', 'too-few-bidders', 'accepted'));

    create table tender_openings (
      tender_id uuid primary key references draw_pools,
      opened_at timestamptz not null,
      -- The first instant whose value may break a tie: after every price is valid or not, and low ones had time to be explained.
      decides_after timestamptz not null check (decides_after >= opened_at),
      outcome text not null check (outcome in ('to-rank', 'too-few-valid')),
      valid integer not null,
      invalid integer not null,
      ledger_entry_id uuid not null references ledger_entries
    );

    create table bid_openings (
      bid_id uuid primary key references bids,
      tender_id uuid not null references tender_openings,
      outcome text not null check (outcome in ('valid', 'invalid')),
      reason text check ((reason is null) = (outcome = 'valid')),
      -- The content keys by part, in hex: with them anybody opens the bid again.
      keys jsonb not null,
      offer jsonb check (outcome = 'invalid' or offer is not null),
      -- What a price costs, in fen.
      amount_fen bigint check (outcome = 'invalid' or amount_fen is not null),
      low_marks text[] not null default '{}'
    );
    create index bid_openings_of_tender on bid_openings (tender_id);

    revoke update, delete on tender_openings, bid_openings from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
