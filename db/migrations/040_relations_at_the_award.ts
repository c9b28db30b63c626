import type { Knex } from 'knex'

/** Ties between the winner and others of its pool that came after the close: they change no award, and a regulator looks at them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table award_checks add column relations jsonb not null default '[]'`)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
