import type { Knex } from 'knex'
import type { Line } from './line.ts'
import { sendPacket } from './packet.ts'

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
  const connection = await db.client.acquireConnection()
  try {
    // Whoever listens to the pool, as tests that count statements do, hears of this one too.
    db.client.emit('query', { sql: statement.text, bindings: values })
    return await sendPacket<R>(connection, { main: statement, values })
  } finally {
    await db.client.releaseConnection(connection)
  }
}

/** The values of a statement's bindings, in the order of their numbers, spelled as PostgreSQL reads them. */
export function valuesOf({ name, names }: Statement, ...sources: Record<string, unknown>[]): unknown[] {
  return names.map((binding) => {
    for (const source of sources) {
      const value = source[binding]
      if (value !== undefined) return spelled(value)
    }
    throw new Error(`The statement ${name} has no value for ${binding}.`)
  })
}

function spelled(value: unknown): string | Buffer | null {
  if (value === null || typeof value === 'string' || Buffer.isBuffer(value)) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `{${value.map((item: string) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
  return String(value)
}
