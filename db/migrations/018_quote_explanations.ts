import type { Knex } from 'knex'

/** What the bidder of an abnormally low price says to it: public words, once, before anything is decided. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table quote_explanations (
      bid_id uuid primary key references bid_openings,
      words text not null check (char_length(words) between 10 and 1000),
      explained_at timestamptz not null,
      explained_by uuid references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    revoke update, delete on quote_explanations from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
