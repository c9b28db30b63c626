import type { Knex } from 'knex'

/** Days that an operator enters into a division's calendar: when, and where the ledger says so. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table calendar_days add column entered_at timestamptz;
    alter table calendar_days add column ledger_entry_id uuid references ledger_entries;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
