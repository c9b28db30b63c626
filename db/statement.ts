import type { Knex } from 'knex'
import type { Line } from './line.ts'

/** A statement made ready once: its bindings numbered, and a name under which each connection keeps it prepared. */
export type Statement = { name: string; text: string; names: readonly string[] }

const BINDING = /(?<![:\w]):([a-z_]\w*)/gi

/**
 * Makes a long statement ready. For the few that somebody waits for: PostgreSQL then parses and plans them once a
 * connection, and nobody looks for fifty names in five kilobytes at each call (docs/decisions/011).
 *
 * @param name unlike every other statement's
 * @param sql with bindings as `:name`; casts are spelled `cast(… as …)`
 */
export function statement(name: string, sql: string): Statement {
  const names: string[] = []
  const text = sql.replace(BINDING, (_, binding: string) => {
    const known = names.indexOf(binding)
    return `$${known === -1 ? names.push(binding) : known + 1}`
  })
  return { name, text, names }
}

/**
 * Runs a statement that was made ready: on a line, in a transaction, or on a connection of the pool.
 *
 * @param bindings a value for each name of the statement; others are left alone
 * @returns the rows
 */
export async function send<R>(db: Knex | Line, statement: Statement, bindings: Record<string, unknown>): Promise<R[]> {
  const values = valuesOf(statement, bindings)
  if ('sendLast' in db) return db.send<R>(statement, values)
  const { name, text } = statement
  const connection = await db.client.acquireConnection()
  try {
    // Whoever listens to the pool, as tests that count statements do, hears of this one too.
    db.client.emit('query', { sql: text, bindings: values })
    const { rows } = await connection.query({ name, text, values })
    return rows as R[]
  } finally {
    await db.client.releaseConnection(connection)
  }
}

/** The values of a statement's bindings, in the order of their numbers. An instant goes as ISO text: the driver would spell it sign by sign in the machine's zone. */
export function valuesOf({ name, names }: Statement, bindings: Record<string, unknown>): unknown[] {
  return names.map((binding) => {
    const value = bindings[binding]
    if (value === undefined) throw new Error(`The statement ${name} has no value for ${binding}.`)
    return value instanceof Date ? value.toISOString() : value
  })
}
