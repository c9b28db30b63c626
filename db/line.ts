import type { Knex } from 'knex'
import pg from 'pg'
import type { Statement } from './statement.ts'

type Connection = { query: (query: pg.Query | string) => unknown; connection: { stream: { cork: () => void; uncork: () => void } } }

/**
 * One transaction whose last statement is known when it is sent: BEGIN travels with the first one and COMMIT with the last,
 * so that the database is waited for twice and not four times. The connection is taken when the first statement needs it.
 */
export type Line = {
  db: Knex
  /** The connection in the running transaction, for a query of Knex's own: `query.connection(await line.connection())`. */
  connection: () => Promise<Connection>
  send: <R>(statement: Statement, values: unknown[]) => Promise<R[]>
  /** Sends the statement and commits. Where it must not be kept it fails by itself; the COMMIT behind it then rolls back. */
  sendLast: <R>(statement: Statement, values: unknown[]) => Promise<R[]>
}

/**
 * Left to itself PostgreSQL plans the guard's read anew at each call once the list is long, since it expects too many rows of a
 * plan for any values: 0.3 ms of 0.8 for the same indexes (docs/decisions/042). Within a line the prepared plan is taken.
 */
const BEGIN = 'begin; set local plan_cache_mode = force_generic_plan'

/** Opens a line, and ends its transaction whatever becomes of `work`: kept where it returns, taken back where it throws. */
export async function withLine<T>(db: Knex, work: (line: Line) => Promise<T>): Promise<T> {
  let taken: Connection | undefined
  let running = false

  async function together<R>(before: string[], { name, text }: Statement, values: unknown[], after: string[]): Promise<R[]> {
    taken ??= (await db.client.acquireConnection()) as Connection
    const { stream } = taken.connection
    // One packet for all of them.
    stream.cork()
    const sent = [...before.map((sql) => ask(taken!, told(db, sql))), ask(taken, told(db, text, values), { name, values }), ...after.map((sql) => ask(taken!, told(db, sql)))]
    stream.uncork()
    running = after.length === 0
    const ended = await Promise.allSettled(sent)
    const failed = ended.find((one) => one.status === 'rejected')
    if (failed) {
      // It was made where the answer came in; where it was asked for is here.
      Error.captureStackTrace(failed.reason as Error)
      throw failed.reason
    }
    return (ended[before.length] as PromiseFulfilledResult<R[]>).value
  }
  const opening = () => (running ? [] : [BEGIN])
  const line: Line = {
    db,
    async connection() {
      taken ??= (await db.client.acquireConnection()) as Connection
      if (!running) await ask(taken, told(db, BEGIN))
      running = true
      return taken
    },
    send: (statement, values) => together(opening(), statement, values, []),
    sendLast: (statement, values) => together(opening(), statement, values, ['commit']),
  }

  try {
    const result = await work(line)
    if (running) await ask(taken!, told(db, 'commit'))
    return result
  } catch (error) {
    // A connection that is gone has taken its transaction along.
    if (running) await ask(taken!, told(db, 'rollback')).catch(() => {})
    throw error
  } finally {
    if (taken) await db.client.releaseConnection(taken)
  }
}

/** Asks by the driver's own query: handed a plain object it would copy that, and put two promises around it. */
function ask(connection: Connection, text: string, { name, values }: { name?: string; values?: unknown[] } = {}): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query(text, values, (error, answer) => (error ? reject(error) : resolve(answer.rows)))
    connection.query(name === undefined ? query : Object.assign(query, { name }))
  })
}

/** Whoever listens to the pool, as tests that count statements do, hears of these too. */
function told(db: Knex, sql: string, bindings: unknown[] = []): string {
  db.client.emit('query', { sql, bindings })
  return sql
}
