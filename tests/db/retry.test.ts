import fs from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { transact, transactSwiftly } from '#db/client.ts'
import { statement } from '#db/statement.ts'
import { test } from '#tests/support/database.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** What PostgreSQL says when it raises this state. */
const raising = (state: string) => `do $$ begin raise exception 'made by a test' using errcode = '${state}'; end $$`

test.for([
  { state: '40001', fails: 2, tries: 3, ends: 'done' },
  { state: '40P01', fails: 2, tries: 3, ends: 'done' },
  { state: '40001', fails: 3, tries: 3, ends: '40001' },
  { state: '40P01', fails: 3, tries: 3, ends: '40P01' },
  // Neither what was broken, nor a wait that was too long, comes right by itself.
  { state: '23505', fails: 1, tries: 1, ends: '23505' },
  { state: '55P03', fails: 1, tries: 1, ends: '55P03' },
  { state: '57014', fails: 1, tries: 1, ends: '57014' },
])('$state that is raised $fails times is tried $tries times', async ({ state, fails, tries, ends }, { database }) => {
  const counted = async (run: (fail: () => boolean) => Promise<unknown>) => {
    let tried = 0
    const end = await run(() => ++tried <= fails).then(() => 'done', (error: { code: string }) => error.code)
    return { end, tried }
  }
  const whole = await counted((fail) => transact(database.app, async (trx) => void (fail() && (await trx.raw(raising(state))))))
  const swift = await counted((fail) => transactSwiftly(database.app, async (line) => void (fail() && (await line.send(statement(`raise-${state}`, raising(state)), [])))))
  expect([whole, swift]).toEqual([{ end: ends, tried: tries }, { end: ends, tried: tries }])
})

test('what a try that failed had written is not kept, and whoever joined a transaction leaves trying to it', async ({ database }) => {
  let [outer, inner] = [0, 0]
  await transact(database.owner, async (trx) => {
    outer++
    await trx('divisions').insert({ code: `9999${String(outer).padStart(2, '0')}`, name: 'test', level: 'county', parent_code: null })
    await transact(trx, async (joined) => {
      inner++
      if (outer === 1) await joined.raw(raising('40001'))
    })
  })
  expect([outer, inner]).toEqual([2, 2])
  expect(await database.owner('divisions').where('code', 'like', '9999%').pluck('code')).toEqual(['999902'])
})

test('there is one place that tries a transaction again', () => {
  const files = ['app', 'db', 'search'].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder), { recursive: true }).map((file) => path.join(folder, String(file)))).filter((file) => /\.tsx?$/.test(file))
  expect(files.filter((file) => /'40(?:001|P01)'/.test(fs.readFileSync(path.join(ROOT, file), 'utf8')))).toEqual(['db/client.ts'])
})
