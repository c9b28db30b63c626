import type { Knex } from 'knex'

/**
 * Four rights, apart (docs/decisions/004): the owner migrates, the application reads and writes without DDL,
 * the ledger's sequencer alone may append leaves and checkpoints, the reader sees open views only.
 * Roles belong to the whole cluster, so two databases of one cluster share them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$ declare role_name text; begin
      foreach role_name in array array['mingdan_app', 'mingdan_ledger', 'mingdan_reader'] loop
        begin
          execute format('create role %I nologin', role_name);
        exception when duplicate_object or unique_violation then null;
        end;
      end loop;
    end $$;

    create extension if not exists btree_gist;
    create extension if not exists pg_trgm;

    grant usage on schema public to mingdan_app, mingdan_ledger, mingdan_reader;
    alter default privileges in schema public grant select, insert, update, delete on tables to mingdan_app;
    alter default privileges in schema public grant usage on sequences to mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
