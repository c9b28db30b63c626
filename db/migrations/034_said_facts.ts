import type { Knex } from 'knex'

/** Since when an owner's facts of a project stand as they are: a judgement names who said a fact, and when. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table projects add column facts_stated_at timestamptz;
    -- Each change of the facts is in the ledger; without one they stand as they were registered.
    update projects set facts_stated_at = coalesce(
      (select max(entry.at) from ledger_entries entry where entry.kind = 'project.facts-changed' and entry.subject = projects.code), projects.registered_at);
    alter table projects alter column facts_stated_at set not null;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
