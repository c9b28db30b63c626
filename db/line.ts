import type { Knex } from 'knex'
import { sendPacket, type Connection } from './packet.ts'
import type { Statement } from './statement.ts'

/**
 * One transaction whose last statement is known when it is sent: BEGIN travels with the first one and COMMIT with the last,
 * so that the database is waited for twice and not four times. The connection is taken when the first statement needs it.
 */
export type Line = {
  db: Knex
  /** The connection in the running transaction, for a query of Knex's own: `query.connection(await line.connection())`. */
  connection: () => Promise<Connection>
  send: <R>(statement: Statement, values: unknown[]) => Promise<R[]>
  /** Sends the statement and commits. Where it must not be kept it fails by itself; the COMMIT behind it is then left out. */
  sendLast: <R>(statement: Statement, values: unknown[]) => Promise<R[]>
}

/**
 * Left to itself PostgreSQL plans the guard's read anew at each call once the list is long, since it expects too many rows of a
 * plan for any values: 0.3 ms of 0.8 for the same indexes (docs/decisions/042). Within a line the prepared plan is taken.
 */
const OPENING = [
  { name: 'begin', text: 'begin' },
  { name: 'take-prepared-plan', text: 'set local plan_cache_mode = force_generic_plan' },
]
const BEGIN = OPENING.map(({ text }) => text).join('; ')
const COMMIT = { name: 'commit', text: 'commit' }

/** Opens a line, and ends its transaction whatever becomes of `work`: kept where it returns, taken back where it throws. */
export async function withLine<T>(db: Knex, work: (line: Line) => Promise<T>): Promise<T> {
  let taken: Connection | undefined
  let running = false

  async function together<R>(statement: Statement, values: unknown[], isLast: boolean): Promise<R[]> {
    taken ??= (await db.client.acquireConnection()) as Connection
    const isFirst = !running
    running = true
    if (isFirst) told(db, BEGIN)
    told(db, statement.text, values)
    if (isLast) told(db, COMMIT.text)
    const rows = await sendPacket<R>(taken, { main: statement, values, ...(isFirst && { before: OPENING }), ...(isLast && { after: [COMMIT] }) })
    running = !isLast
    return rows
  }
  const line: Line = {
    db,
    async connection() {
      taken ??= (await db.client.acquireConnection()) as Connection
      if (!running) await taken.query(told(db, BEGIN))
      running = true
      return taken
    },
    send: (statement, values) => together(statement, values, false),
    sendLast: (statement, values) => together(statement, values, true),
  }

  try {
    const result = await work(line)
    if (running) await taken!.query(told(db, 'commit'))
    return result
  } catch (error) {
    // A connection that is gone has taken its transaction along.
    if (running) await Promise.resolve(taken!.query(told(db, 'rollback'))).catch(() => {})
    throw error
  } finally {
    if (taken) await db.client.releaseConnection(taken)
  }
}

/** Whoever listens to the pool, as tests that count statements do, hears of these too. */
function told(db: Knex, sql: string, bindings: unknown[] = []): string {
  db.client.emit('query', { sql, bindings })
  return sql
}
