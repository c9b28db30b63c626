import { expect, inject, vi } from 'vitest'
import pg from 'pg'
import { connect, isAway, transact, transactSwiftly } from '#db/client.ts'
import { send, statement, valuesOf } from '#db/statement.ts'
import { test } from '#tests/support/database.ts'

const ONE = statement('away-one', 'select cast(:one as integer) as one')
const WHILE = 'select pg_sleep(0.01)'

test('whatever was asked when the database went, the error says that it is away', async ({ database }) => {
  const heard: unknown[] = []
  const db = connect(database.url, 'app', { most: 5, heed: (line) => heard.push(line) })
  const printed = vi.spyOn(console, 'log')
  const ways: (() => Promise<unknown>)[] = [
    async () => db.raw('select 1'),
    async () => db.raw(WHILE),
    () => send(db, ONE, { one: '1' }),
    () => transact(db, async (trx) => trx.raw(WHILE)),
    () => transactSwiftly(db, (line) => line.sendLast(ONE, valuesOf(ONE, { one: '1' }))),
  ]
  const superuser = new pg.Client({ connectionString: inject('cluster').superUrl.replace(/DATABASE$/, 'postgres') })
  await superuser.connect()
  const told: unknown[] = []
  try {
    for (let turn = 0; turn < 20; turn++) {
      await Promise.allSettled(Array.from({ length: 5 }, async () => db.raw(WHILE)))
      const gone = superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database.name])
      if (turn % 2) await gone
      for (const asked of await Promise.allSettled(ways.map((ask) => ask()))) if (asked.status === 'rejected') told.push(asked.reason)
      await gone
    }
  } finally {
    await Promise.all([superuser.end(), db.destroy()])
  }
  expect(told.length).toBeGreaterThan(20)
  // Knex puts the statement before what driver and server said.
  expect(told.filter((error) => !isAway(error))).toEqual([])
  // What Knex says of broken connections goes to the log, not beside it.
  expect(heard.length).toBeGreaterThan(0)
  expect(printed).not.toHaveBeenCalled()
})
