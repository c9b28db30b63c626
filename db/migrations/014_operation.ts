import type { Knex } from 'knex'

/** Support finds what happened by the trace that a person reads from a page, and an event by what it is about. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index audits_of_trace on audits (trace_id);
    create index ledger_entries_of_trace on ledger_entries (trace_id);
    create index outbox_of_trace on outbox (trace_id);
    create index outbox_of_subject on outbox (subject, id);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
