import { expect } from 'vitest'
import { transactSwiftly } from '#db/client.ts'
import { send, statement, valuesOf } from '#db/statement.ts'
import { test } from '#tests/support/database.ts'

const ECHO = statement('packet-echo', `select cast(:text as text) as text, cast(:list as text[]) as list, cast(:at as timestamptz) as at, cast(:count as integer) as count, cast(:bytes as bytea) as bytes, cast(:nothing as text) as nothing, cast(:yes as boolean) as yes`)
const VALUES = { text: '明单', list: ['a,b', '"', '\\', '{}', '', 'null'], at: new Date('2026-11-27T12:34:56.789Z'), count: 7, bytes: Buffer.from([0, 255]), nothing: null, yes: true }
const FAIL = statement('packet-fail', 'select 1 / cast(:by as integer) as quotient')
const LATER = statement('packet-later', 'select later.* from packet_later later where id = :id')

test('values go as they are and come back as they were, the first time and the next', async ({ db }) => {
  for (const _ of ['parsed', 'kept']) expect(await send(db, ECHO, VALUES)).toEqual([VALUES])
  expect(await transactSwiftly(db, (line) => line.send(ECHO, valuesOf(ECHO, VALUES)))).toEqual([VALUES])
})

test('a line keeps what was sent last, and nothing of it where one part fails', async ({ db }) => {
  const tries = (by: string) => transactSwiftly(db, async (line) => {
    await line.send(ECHO, valuesOf(ECHO, VALUES))
    return line.sendLast(FAIL, [by])
  })
  expect(await tries('1')).toEqual([{ quotient: 1 }])
  await expect(tries('0')).rejects.toMatchObject({ code: '22012' })
  // The connection goes back to the pool without a transaction, and with the statement made ready anew.
  expect(await tries('1')).toEqual([{ quotient: 1 }])
  const { rows } = await db.raw<{ rows: [{ waiting: number }] }>(`select count(*) as waiting from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`)
  expect(rows).toEqual([{ waiting: 0 }])
})

test('where a migration has changed what a statement answers it fails once and is made ready anew', async ({ db, database }) => {
  await database.owner.raw(`create table packet_later (id integer primary key, said text); insert into packet_later values (1, 'x'); grant select on packet_later to mingdan_app`)
  await transactSwiftly(db, async (line) => {
    const ask = () => line.send(LATER, ['1'])
    expect(await ask()).toEqual([{ id: 1, said: 'x' }])
  })
  await database.owner.raw('alter table packet_later add column more integer not null default 2')
  const again = () => transactSwiftly(db, (line) => line.send(LATER, ['1']))
  await again().catch((error: { code?: string }) => expect(error.code).toBe('0A000'))
  expect(await again()).toEqual([{ id: 1, said: 'x', more: 2 }])
})

test('a value that is not there is a fault of ours', () => {
  expect(() => valuesOf(ECHO, { text: 'x' })).toThrow('no value for list')
})
