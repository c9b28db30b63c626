import { expect } from 'vitest'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { showExchange } from '#app/domain/exchange/show-exchange.server.ts'
import { aCaseFor } from '#tests/support/contracts.ts'
import { test as base } from '#tests/support/database.ts'
import { machineOfExchange, tellExchange, type National } from '#tests/support/exchange.ts'
import { authority, operator } from '#tests/support/factories.ts'
import { aTender, contextsOf } from '#tests/support/tenders.ts'

const test = base.extend('machine', { scope: 'file' }, async ({ database }, { onCleanup }) => {
  const machine = await machineOfExchange(database)
  onCleanup(machine.leave)
  return machine.client
})

const VIEWS = ['spgl_zjfwsxblgcxxb', 'spgl_zjfwsxblxxb']
const ANSWER = 'select spgl_answer($1, $2, $3, $4, $5)'

test('the exchange’s machine reads two views and no other table, view, sequence or column', async ({ database, machine }) => {
  const { rows: all } = await database.owner.raw<{ rows: { name: string; kind: string }[] }>(`select relname as name, relkind as kind from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p', 'f', 'S')`)
  expect(all.length).toBeGreaterThan(100)
  const read: string[] = []
  for (const { name, kind } of all) {
    const { rows: [held] } = await machine.query(kind === 'S' ? `select has_sequence_privilege($1, 'usage, select, update') as any` : `select has_table_privilege($1, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege($1, 'select, insert, update, references') as any`, [name])
    if (held.any) read.push(name)
    if (kind !== 'S' && !VIEWS.includes(name)) await expect(machine.query(`select 1 from ${name} limit 1`), name).rejects.toThrow(/permission denied/)
  }
  expect(read.sort()).toEqual(VIEWS)
  for (const view of VIEWS) await machine.query(`select * from ${view}`)
})

test('it writes nothing but answers: no row, no table, no other function, no other role', async ({ machine }) => {
  for (const statement of [
    ...VIEWS.flatMap((view) => [`update ${view} set sjyxbs = 1`, `delete from ${view}`, `insert into ${view} (lsh) values (1)`, `create or replace view ${view} as select 1`, `drop view ${view}`]),
    `insert into exchange_receipts (lsh, valid, state, taken_at) values (1, true, 2, now())`,
    `delete from exchange_receipts`,
    'create table mine (id int)',
    'create schema mine',
    'create function mine() returns int language sql as $$ select 1 $$',
    'set role mingdan_app',
    'set role mingdan_owner',
    `alter function spgl_answer owner to current_user`,
  ]) await expect(machine.query(statement), statement).rejects.toThrow(/permission denied|must be owner|cannot/)
  // Of the house's own functions, triggers aside, it may run one.
  const { rows } = await machine.query(`select proname from pg_proc where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype and has_function_privilege(oid, 'execute')
    and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`)
  expect(rows).toEqual([{ proname: 'spgl_answer' }])
})

test('its answer stands in the row: taken, or refused with the reason, once however often it is said, and only for the row as it was read', async ({ database, machine, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await aCaseFor(database.owner, stage, await authority(database.owner))
  await tellExchange(context())
  const row = async () => (await machine.query<National>('select lsh, sjyxbs, sjsczt, sbyy, scsj::text as scsj from spgl_zjfwsxblxxb where zjfwsxslbm = $1 order by lsh desc limit 1', [stage.number])).rows[0]!
  const { lsh } = await row()
  await machine.query(ANSWER, [lsh, 1, 1, null, '2026-11-21 09:30:00'])
  expect(await row()).toMatchObject({ sjyxbs: 1, sjsczt: 1, sbyy: null, scsj: '2026-11-21 09:30:00' })
  const refusal = [lsh, 1, 3, '项目基本信息不存在', '2026-11-21 09:31:00']
  await Promise.all([machine.query(ANSWER, refusal), machine.query(ANSWER, refusal)])
  await machine.query(ANSWER, refusal)
  expect(await row()).toMatchObject({ sjsczt: 3, sbyy: '项目基本信息不存在', scsj: '2026-11-21 09:31:00' })
  expect(await database.owner('exchange_receipts').where({ lsh })).toHaveLength(2)
  const { rows: [step] } = await machine.query<National>('select lsh from spgl_zjfwsxblgcxxb where zjfwsxslbm = $1', [stage.number])
  await machine.query(ANSWER, [step!.lsh, 1, 2, '', '2026-11-21 09:32:00'])
  const seen = await showExchange(context(await operator(database.owner)), { show: 'refused' })
  expect(seen.lines).toMatchObject([{ number: stage.number, sent: 'refused', refusals: [{ lsh, reason: '项目基本信息不存在' }] }])

  // The row ends: it waits to be uploaded anew, and an answer to what was read before does not count for it.
  await cancelTender(make(stage.owner), { number: stage.number, reason: '项目暂缓，另行采购。' })
  await tellExchange(context())
  expect(await row()).toMatchObject({ lsh, sjyxbs: 0, sjsczt: 0, sbyy: null, scsj: null })
  await machine.query(ANSWER, [lsh, 1, 2, null, '2026-11-21 09:40:00'])
  expect(await row()).toMatchObject({ sjyxbs: 0, sjsczt: 0 })
  await machine.query(ANSWER, [lsh, 0, 2, null, '2026-11-21 09:41:00'])
  expect(await row()).toMatchObject({ sjyxbs: 0, sjsczt: 2, scsj: '2026-11-21 09:41:00' })
})

test('an answer that says nothing clear is refused with a sentence', async ({ machine, database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await aCaseFor(database.owner, stage, await authority(database.owner))
  await tellExchange(context())
  const { rows: [row] } = await machine.query<National>('select lsh from spgl_zjfwsxblxxb where zjfwsxslbm = $1', [stage.number])
  const at = '2026-11-21 09:30:00'
  for (const [given, sentence] of [
    [[9_999_999, 1, 1, null, at], /no row has the lsh/],
    [[row!.lsh, 2, 1, null, at], /sjyxbs is 1/],
    [[row!.lsh, null, 1, null, at], /sjyxbs is 1/],
    [[row!.lsh, 1, 0, null, at], /sjsczt is 1/],
    [[row!.lsh, 1, 4, 'x', at], /sjsczt is 1/],
    [[row!.lsh, 1, 3, '  ', at], /a refusal has a reason/],
    [[row!.lsh, 1, 2, '多余', at], /a refusal has a reason/],
    [[row!.lsh, 1, 3, '长'.repeat(2001), at], /at most 2000/],
    [[row!.lsh, 1, 1, null, null], /scsj is the Beijing time/],
    [[row!.lsh, 1, 1, null, 'infinity'], /scsj is the Beijing time/],
  ] as const) await expect(machine.query(ANSWER, [...given]), String(given)).rejects.toThrow(sentence)
  expect(await database.owner('exchange_receipts').where({ lsh: row!.lsh })).toEqual([])
})

test('not even the owner changes what was told, and the application adds rows and writes no answer', async ({ database, db }) => {
  for (const table of ['exchange_rows', 'exchange_receipts', 'national_codes']) {
    await expect(database.owner(table).delete(), table).rejects.toThrow(/only grows/)
    await expect(db(table).delete(), table).rejects.toThrow(/permission denied/)
  }
  await expect(database.owner('exchange_rows').update({ reason: 'x' })).rejects.toThrow(/only grows/)
  await expect(db('exchange_receipts').insert({ lsh: 1 })).rejects.toThrow(/permission denied/)
  await expect(db.raw(`select spgl_answer(1, 1, 1, null, '2026-11-21')`)).rejects.toThrow(/permission denied/)
})
