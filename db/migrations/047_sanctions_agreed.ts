import type { Knex } from 'knex'

/** A decision against an agency that came after a tender had closed puts it out of that tender only once a second officer agreed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table agency_sanction_agreements (
      sanction_id uuid primary key references agency_sanctions,
      agreed_at timestamptz not null,
      agreed_by uuid not null references accounts,
      ledger_entry_id uuid not null references ledger_entries
    );
    revoke update, delete on agency_sanction_agreements from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
