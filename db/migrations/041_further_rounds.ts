import type { Knex } from 'knex'

/** Further rounds of an auction, for those that an outage of the marketplace took. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table auction_extensions (
      tender_id uuid not null references tender_auctions,
      ordinal integer not null check (ordinal > 0),
      cause text not null check (cause in ('outage', 'operator')),
      reason text not null,
      from_ends_at timestamptz not null,
      starts_at timestamptz not null check (starts_at >= from_ends_at),
      ends_at timestamptz not null check (ends_at > starts_at),
      -- The time of the rounds that nobody was served; a gap gives rounds once.
      gap_from timestamptz not null,
      gap_until timestamptz not null check (gap_until > gap_from),
      extended_at timestamptz not null check (extended_at >= gap_until and extended_at < starts_at),
      extended_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries,
      primary key (tender_id, ordinal)
    );

    -- The end in force stands in the auction's row, where the due steps find it. The application may not write it: the row of an
    -- extension does, from the end that stands, and not once the end is on record.
    create function move_auction_end() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if exists (select from tender_openings where tender_id = new.tender_id) then raise exception 'An auction that has ended is not extended.'; end if;
      update tender_auctions set ends_at = new.ends_at where tender_id = new.tender_id and ends_at = new.from_ends_at;
      if not found then raise exception 'The extension starts from an end that is not in force.'; end if;
      return null;
    end $$;
    create trigger auction_extensions_move after insert on auction_extensions for each row execute function move_auction_end();

    create view further_rounds as
      select tender_id, jsonb_agg(jsonb_build_object('startsAt', starts_at, 'endsAt', ends_at) order by ordinal) as spans from auction_extensions group by tender_id;

    revoke update, delete on auction_extensions from mingdan_app;
    revoke insert, update, delete on further_rounds from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
