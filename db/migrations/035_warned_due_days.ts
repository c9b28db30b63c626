import type { Knex } from 'knex'

/** A limit that moved is another limit: a hearing, or days that an office promised anew, move its last day within the same round, and that day is warned of too. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What was told before has its due day in its row already.
    alter table limit_warnings
      drop constraint limit_warnings_pkey,
      add primary key (about_id, name, round, level, due_at);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
