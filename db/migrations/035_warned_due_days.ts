import type { Knex } from 'knex'

/** A limit that moved is another limit: a hearing, or days that an office promised anew, move its last day within the same round, and that day is warned of too. A project's whole time is warned of as well. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What was told before has its due day in its row already.
    alter table limit_warnings
      drop constraint limit_warnings_pkey,
      add primary key (about_id, name, round, level, due_at);

    -- That the limit of a project's whole time was warned of. Its code may be one that only cases name.
    create table project_limit_warnings (
      project_code text not null,
      level text not null check (level in ('near', 'last-day', 'over')),
      due_at timestamptz not null,
      told_at timestamptz not null,
      primary key (project_code, level, due_at)
    );
    revoke update, delete on project_limit_warnings from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
