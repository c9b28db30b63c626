import type { Knex } from 'knex'

/** A lower list follows what the list above it no longer has or says more strictly, by a version that names the one it follows. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table catalogue_versions
      add column follows_division text,
      add column follows_number integer,
      add foreign key (follows_division, follows_number) references catalogue_versions (division_code, number),
      add check (num_nulls(follows_division, follows_number) in (0, 2));

    -- A wording that was to begin later may be replaced before its first day: then it stood on no day, and is kept.
    alter table listings drop constraint listings_check;
    alter table listings add constraint listings_check check (in_force_until is null or in_force_from <= in_force_until);
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
