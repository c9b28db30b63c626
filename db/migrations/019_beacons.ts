import type { Knex } from 'knex'

/** Values from outside that decide a draw or break a tie, what officers read of a lottery, and orders made by RFC 3797. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenders add check (draw_source in ('local', 'drand', 'lottery'));

    -- The one value of a tender. It is written once, whoever brings it, and never another.
    create table tender_beacons (
      tender_id uuid primary key references draw_pools,
      beacon jsonb not null,
      -- When the checkpoint was signed that had to come before the value.
      covered_at timestamptz not null,
      taken_at timestamptz not null,
      -- Of drand: the mirror that answered.
      brought_by text,
      -- Of a lottery: the entry that says that two officers read the same.
      ledger_entry_id uuid references ledger_entries,
      check (num_nonnulls(brought_by, ledger_entry_id) = 1)
    );

    create table lottery_readings (
      id uuid primary key,
      tender_id uuid not null references draw_pools,
      -- Two officers are one attempt; where they differ, both read again.
      attempt integer not null check (attempt > 0),
      account_id uuid not null references accounts,
      organisation_id uuid not null references organisations,
      duty text not null,
      issue text not null,
      drawn_on date not null,
      numbers jsonb not null,
      pause text not null,
      read_at timestamptz not null,
      ledger_entry_id uuid not null references ledger_entries,
      unique (tender_id, attempt, account_id)
    );

    -- An MD5 has half the bytes of a position of our own.
    alter table draw_positions drop constraint draw_positions_position_check;
    alter table draw_positions add constraint draw_positions_position_check check (octet_length(position) in (16, 32));

    revoke update, delete on tender_beacons, lottery_readings from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
