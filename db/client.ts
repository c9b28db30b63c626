import knex, { type Knex } from 'knex'
import pg from 'pg'
import { withLine, type Line } from './line.ts'
import { pass } from './points.ts'

export { pass, type Line }

// Money and counts are whole numbers far below 2^53; pg hands bigint out as text unless told.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new Error(`A bigint from the database does not fit a number: ${text}`)
  return number
})
// A day is a day: as a Date it would move with the machine's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Whose rights a pool acts with: `app` reads and writes without DDL, `ledger` appends leaves, `owner` migrates. */
export type DatabaseRole = 'owner' | 'app' | 'ledger' | 'reader'

const SECONDS = 1000

/**
 * Opens a pool of connections that act with one role's rights and with time-outs on everything.
 *
 * @param url a postgres URL whose login is a member of the role
 * @param role the rights to act with; the role is set at connection time, so `RESET ROLE` leads back to it
 * @param most how many connections at most
 * @param heed hears of connections that broke, in one line each; whoever asked on one hears of it by an error of their own
 */
export function connect(url: string, role: DatabaseRole, { most = 10, asRole = true, heed = () => {} }: { most?: number; asRole?: boolean; heed?: (line: string) => void } = {}): Knex {
  const settings = [
    ...(asRole && role !== 'owner' ? [`role=mingdan_${role}`] : []),
    `statement_timeout=${role === 'owner' ? 0 : 10 * SECONDS}`,
    `lock_timeout=${role === 'owner' ? 0 : 5 * SECONDS}`,
    `idle_in_transaction_session_timeout=${15 * SECONDS}`,
    'timezone=UTC',
    // What belongs to one tender is joined in the order in which it is written: to try every order of eight tables costs
    // more than the read itself (a tender is planned in 2 ms instead of 6, its rows are found in one).
    'join_collapse_limit=4',
  ]
  return knex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: `mingdan-${role}`,
      options: settings.map((setting) => `-c ${setting}`).join(' '),
      connectionTimeoutMillis: 5 * SECONDS,
      // Statements that do not wait for one another's answer travel together (db/line.ts); whoever awaits each sees no difference.
      pipeline: true,
    } as Knex.PgConnectionConfig,
    // Otherwise Knex writes to standard output by itself, beside the log.
    log: { warn: heed, error: heed },
    pool: { min: 0, max: most },
    acquireConnectionTimeout: 5 * SECONDS,
  })
}

/** Serialisation failure and deadlock: the two a transaction may be run again for. */
const RETRIED = new Set(['40001', '40P01'])
const TRIES = 3

/**
 * Runs `work` in one transaction, or inside the one that already runs. The only place that tries again:
 * after a serialisation failure or a deadlock, twice, and never when it joined somebody's transaction.
 */
export async function transact<T>(db: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Knex.Transaction)
  return tryAgain(async () => {
    let within: Knex.Transaction | undefined
    const result = await db.transaction(async (trx) => {
      const done = await work((within = trx))
      pass('before-commit', within)
      return done
    })
    pass('after-commit', within)
    return result
  })
}

/** As {@link transact}, for the few that somebody waits for: two trips to the database instead of four. */
export function transactSwiftly<T>(db: Knex, work: (line: Line) => Promise<T>): Promise<T> {
  return tryAgain(() => withLine(db, work))
}

async function tryAgain<T>(once: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once()
    } catch (error) {
      const code = (error as { code?: string }).code
      if (attempt >= TRIES || !code || !RETRIED.has(code)) throw error
    }
  }
}

/** What the network, the server and the pool say when there is no database to talk to: gone, stopping, starting, or full. */
const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', '08000', '08001', '08003', '08004', '08006', '53300', '57P01', '57P02', '57P03'])

/** The same said by driver and pool, without a code; Knex puts the statement that was running before it. */
const SAID_AWAY = /(?:^|\s- )(?:Connection terminated(?: unexpectedly| due to connection timeout)?|Client (?:has encountered a connection error|was closed) and is not queryable|timeout exceeded when trying to connect|timeout expired)$/

/** Is the database away, so that coming back in a moment is worth it? Anything else is a fault of ours. */
export function isAway(error: unknown): boolean {
  const { code = '', name = '', message = '' } = (typeof error === 'object' && error !== null ? error : {}) as { code?: string; name?: string; message?: string }
  return AWAY.has(code) || name === 'KnexTimeoutError' || SAID_AWAY.test(message)
}

/** The database's clock, read when asked and not when the transaction began: a wait for a lock counts. */
export const databaseClock = {
  async read(db: Knex): Promise<Date> {
    const { rows } = await db.raw<{ rows: [{ at: Date }] }>(`select date_trunc('milliseconds', clock_timestamp()) as at`).options({ name: 'read-clock' })
    return rows[0].at
  },
}
