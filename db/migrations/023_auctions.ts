import type { Knex } from 'knex'

/** Auctions in timed rounds: how an owner wants one, when it runs, and every quote that was taken. */
export async function up(knex: Knex): Promise<void> {
  await forbidSealing(knex)
  await knex.raw(`
    alter table tenders add column auction_rule jsonb;
    alter table tenders add check (method = 'live-auction' or auction_rule is null);

    alter table tender_closings
      drop constraint tender_closings_outcome_check,
      add constraint tender_closings_outcome_check check (outcome in ('to-draw', 'to-open', 'to-auction', 'too-few-bidders', 'accepted'));

    -- The rounds are counted from these two instants; no timer runs anywhere.
    create table tender_auctions (
      tender_id uuid primary key references draw_pools,
      starts_at timestamptz not null,
      ends_at timestamptz not null check (ends_at > starts_at)
    );

    create table auction_quotes (
      id uuid primary key,
      tender_id uuid not null references tender_auctions,
      -- The order in which quotes were taken, counted while the auction's row is held.
      sequence integer not null check (sequence > 0),
      bid_id uuid not null references bids,
      round integer not null check (round > 0),
      amount_fen bigint not null check (amount_fen > 0),
      body text not null,
      hash bytea not null unique check (length(hash) = 32),
      quoted_at timestamptz not null,
      quoted_by uuid references accounts,
      receipt text not null,
      ledger_entry_id uuid not null references ledger_entries,
      unique (tender_id, sequence)
    );
    create index auction_quotes_of_bid on auction_quotes (bid_id, sequence);

    revoke update, delete on tender_auctions, auction_quotes from mingdan_app;
    -- Holding a row takes the right to change one; no quote ever changes its auction.
    grant update (tender_id) on tender_auctions to mingdan_app;
  `)
}

/** What has no sealed bids: the rule of 017 did not know auctions. */
async function forbidSealing(knex: Knex): Promise<void> {
  const { rows } = await knex.raw<{ rows: { conname: string }[] }>(`select conname from pg_constraint where conrelid = 'tenders'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%sealing IS NOT NULL%'`)
  for (const { conname } of rows) await knex.raw('alter table tenders drop constraint ??', [conname])
  await knex.raw(`alter table tenders add constraint tenders_sealing_check check (published_at is null or (sealing is not null) = (method not in ('direct', 'random', 'live-auction')))`)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
