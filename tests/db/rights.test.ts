import { expect } from 'vitest'
import { test } from '#tests/support/database.ts'

test('the application cannot make a table', async ({ db }) => {
  await expect(db.raw('create table mine (id int)')).rejects.toThrow(/permission denied/)
})

test('the application can add to the ledger and never change it', async ({ db }) => {
  await expect(db('ledger_entries').update({ kind: 'other' })).rejects.toThrow(/permission denied/)
  await expect(db('ledger_entries').delete()).rejects.toThrow(/permission denied/)
  await expect(db('ledger_leaves').insert({ index: 0 })).rejects.toThrow(/permission denied/)
})

test('the application can end a bid, and change nothing of what was received', async ({ db }) => {
  for (const change of [{ body: '{}' }, { hash: Buffer.alloc(32) }, { receipt: '' }, { received_at: new Date() }]) {
    await expect(db('bids').update(change), Object.keys(change)[0]).rejects.toThrow(/permission denied/)
  }
  await expect(db('bids').delete()).rejects.toThrow(/permission denied/)
  await expect(db('bids').update({ replaced_at: null, withdrawn_at: null })).resolves.toBeTypeOf('number')
})

test('the application adds questions, answers, awards and declines, and changes none of them', async ({ db }) => {
  await expect(db('tender_questions').update({ words: '' })).rejects.toThrow(/permission denied/)
  await expect(db('tender_questions').update({ answered_at: null })).resolves.toBeTypeOf('number')
  for (const table of ['tender_answers', 'award_declines']) await expect(db(table).update({ words: '' }), table).rejects.toThrow(/permission denied/)
  await expect(db('awards').update({ bid_id: null })).rejects.toThrow(/permission denied/)
  for (const table of ['tender_questions', 'tender_answers', 'awards', 'award_declines']) await expect(db(table).delete(), table).rejects.toThrow(/permission denied/)
})

test('not even the owner changes a ledger entry by mistake', async ({ database }) => {
  await expect(database.owner('ledger_entries').delete()).rejects.toThrow(/only grows/)
})

test('the sequencer sees entries and nothing of accounts', async ({ database }) => {
  await expect(database.ledger('ledger_entries').select('id')).resolves.toBeInstanceOf(Array)
  await expect(database.ledger('accounts').select('id')).rejects.toThrow(/permission denied/)
})

test('every transaction ends by itself when nobody ends it', async ({ db }) => {
  const { rows } = await db.raw(`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle, current_user as who`)
  expect(rows[0]).toEqual({ statement: '10s', lock: '5s', idle: '15s', who: 'mingdan_app' })
})

test('the clock of a test stands still', async ({ context }) => {
  const { clock, db } = context()
  expect(await clock.read(db)).toEqual(new Date('2026-11-20T02:00:00Z'))
  clock.set('2026-11-23')
  expect(await clock.read(db)).toEqual(new Date('2026-11-22T16:00:00Z'))
})
