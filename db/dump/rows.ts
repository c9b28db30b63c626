import pg from 'pg'
import type { Knex } from 'knex'
import type { SequenceShape, TableShape } from './shape.ts'

/** So many rows travel at once: the longest, a draw's bundle, has some megabytes. */
const AT_ONCE = 200

/**
 * Every row of a table as PostgreSQL itself writes rows as text, a batch at a time.
 *
 * @param client in a transaction; the cursor sees its snapshot
 */
export async function* rowsOf(client: pg.ClientBase, { name }: TableShape): AsyncGenerator<string[]> {
  const table = pg.escapeIdentifier(name)
  await client.query(`declare dumped no scroll cursor for select cast(t as text) as row from ${table} as t`)
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${AT_ONCE} from dumped`)
    if (rows.length) yield rows.map(({ row }) => row)
    if (rows.length < AT_ONCE) break
  }
  await client.query('close dumped')
}

/** Puts rows that {@link rowsOf} gave back into their table, identities included. Generated columns make themselves. */
export async function loadRows(trx: Knex.Transaction, { name }: TableShape, batches: AsyncIterable<string[]>): Promise<number> {
  const { rows: columns } = await trx.raw<{ rows: { name: string }[] }>(
    `select cast(attname as text) as name from pg_attribute where attrelid = cast(? as regclass) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [pg.escapeIdentifier(name)],
  )
  const table = pg.escapeIdentifier(name)
  const names = columns.map((column) => pg.escapeIdentifier(column.name))
  let count = 0
  for await (const batch of batches) {
    // Materialised, so that each row's text is read once and not once a column.
    await trx.raw(
      `with given as materialized (select cast(text as ${table}) as row from unnest(cast(? as text[])) as text)
       insert into ${table} (${names.join(', ')}) overriding system value select ${names.map((column) => `(given.row).${column}`).join(', ')} from given`,
      [batch],
    )
    count += batch.length
  }
  return count
}

/**
 * Runs `load` on tables that are empty, without the triggers and the foreign keys that would refuse or repeat what
 * the rows already say; then all of them stand again, and PostgreSQL checks every key over what was loaded.
 */
export async function withoutGuards(trx: Knex.Transaction, tables: readonly TableShape[], load: () => Promise<void>): Promise<void> {
  const { rows: keys } = await trx.raw<{ rows: { of: string; name: string; definition: string }[] }>(
    `select cast(cast(conrelid as regclass) as text) as of, conname as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0 order by conname`,
  )
  for (const { of, name } of keys) await trx.raw(`alter table ${of} drop constraint ${pg.escapeIdentifier(name)}`)
  for (const { name } of tables) await trx.raw('alter table ?? disable trigger user', [name])
  // What migrations brought along stands in the rows too.
  await trx.raw(`truncate ${tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')}`)
  await load()
  for (const { of, name, definition } of keys) await trx.raw(`alter table ${of} add constraint ${pg.escapeIdentifier(name)} ${definition}`)
  for (const { name } of tables) await trx.raw('alter table ?? enable trigger user', [name])
}

/** Lets the numbers go on after the last one given. */
export async function setSequences(trx: Knex.Transaction, sequences: readonly SequenceShape[]): Promise<void> {
  for (const { name, last } of sequences) await trx.raw('select setval(cast(? as regclass), cast(? as bigint), true)', [pg.escapeIdentifier(name), last])
}
