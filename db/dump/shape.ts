import type { Knex } from 'knex'
import type pg from 'pg'

export type TableShape = { name: string; columns: string[] }
export type SequenceShape = { name: string; last: string }
export type DatabaseShape = { migrations: string[]; tables: TableShape[]; sequences: SequenceShape[]; postgres: string }

/** Knex keeps its own tables itself: a restored database is migrated, not told that it was. */
const TABLES = `
  select c.relname as name, array_agg(cast(a.attname as text) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('knex_migrations', 'knex_migrations_lock')
   group by c.relname order by c.relname`

/** The tables with their columns, in the order in which a row's text has them. */
export async function listTables(db: Knex): Promise<TableShape[]> {
  return (await db.raw<{ rows: TableShape[] }>(TABLES)).rows
}

/**
 * What a database consists of, read from its own catalogue, so that a table that a later migration brings is not forgotten.
 *
 * @param client in the transaction whose snapshot is dumped. Only sequences stand outside of it, and may be ahead: a number is left out, none comes twice
 */
export async function readShape(client: pg.ClientBase): Promise<DatabaseShape> {
  const migrations = await client.query<{ name: string }>('select name from knex_migrations order by id')
  const sequences = await client.query<SequenceShape>(`select sequencename as name, cast(last_value as text) as last from pg_sequences where schemaname = 'public' and last_value is not null and sequencename not like 'knex%' order by sequencename`)
  const version = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
  return { migrations: migrations.rows.map(({ name }) => name), tables: (await client.query<TableShape>(TABLES)).rows, sequences: sequences.rows, postgres: version.rows[0]!.version }
}
