import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import { makeDatabase, test as base, type TestDatabase } from '#tests/support/database.ts'
import { pricesIn, searchDump } from '#tests/support/dump.ts'
import { buildIfStale } from '../../bin/build-if-stale.ts'
import type { Violation } from './harness/checks.ts'
import { runFaults, violationsIn, type Report } from './harness/harness.ts'
import { tableOf } from './harness/table.ts'

const KILLS = 20
const SEED = 20_261_127

type Run = { database: TestDatabase; report: Report }

async function aRun(kills: number, onCleanup: (clean: () => Promise<void>) => void, more: Partial<Parameters<typeof runFaults>[1]> = {}): Promise<Run> {
  await buildIfStale()
  const database = await makeDatabase()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-faults-'))
  onCleanup(async () => {
    await database.drop()
    fs.rmSync(folder, { recursive: true, force: true })
  })
  const { url, app, owner } = database
  return { database, report: await runFaults({ url, app, owner, folder }, { kills, seed: SEED, ...more }) }
}

const test = base.extend('run', { scope: 'file' }, ({}, { onCleanup }) => aRun(KILLS, onCleanup))

test('webs and workers that are killed at every named point lose nothing, do nothing twice and show no price', { timeout: 600_000 }, async ({ run }) => {
  const { report } = run
  console.log(tableOf(report))
  expect(report.violations).toEqual([])
  expect(report.killed.length).toBeGreaterThanOrEqual(KILLS)
  expect(new Set(report.killed.map(({ point }) => point))).toEqual(new Set(['told', 'before-commit', 'after-commit', 'leaves-appended', 'sequenced', 'handed-over']))
  for (const count of [report.story.acknowledged.length, report.looked, report.seen.length]) expect(count).toBeGreaterThan(5)
})

/** What the checks say of the run's end when somebody had done this to it; nothing of it stays. */
async function planted({ database, report }: Run, plant: (trx: Knex.Transaction) => Promise<unknown>, changes: Partial<Report['story']> = {}): Promise<string[]> {
  let found: Violation[] = []
  const undone = new Error('undone')
  await database.owner.transaction(async (trx) => {
    await plant(trx)
    found = await violationsIn({ owner: trx }, { story: { ...report.story, ...changes }, seen: report.seen })
    throw undone
  }).catch((error: unknown) => error === undone || Promise.reject(error))
  return found.map(({ check, what }) => `${check}: ${what}`)
}

const unguarded = (trx: Knex.Transaction, table: string) => trx.raw(`alter table ${table} disable trigger user`)

test('the checks find what they look for: a lost bid, a late one, a second award, a rewritten entry, an event left out or told twice', { timeout: 600_000 }, async ({ run }) => {
  const { story, seen } = run.report
  const [tender, other] = (await run.database.owner('awards').join('draw_pools', 'draw_pools.tender_id', 'awards.tender_id').join('tenders', 'tenders.id', 'awards.tender_id').orderBy('number').pluck('number')) as [string, string]
  const first = story.acknowledged.find(({ act }) => act === 'submit')!
  expect(await planted(run, async () => {})).toEqual([])

  const never = randomUUID()
  expect(await planted(run, async () => {}, { acknowledged: [...story.acknowledged, { ...first, bid: null, mark: never }] })).toEqual([`bid: the acknowledged bid ${never} in ${first.tender} is lost`])
  expect(await planted(run, async () => {}, { acknowledged: [{ ...first, receipt: 'another' }] })).toEqual([expect.stringContaining('is another than was shown')])
  expect(await planted(run, (trx) => trx.raw(`update bids set received_at = closes_at from tenders where tenders.id = bids.tender_id and number = ? and bids.ordinal = (select max(ordinal) from bids b where b.tender_id = tenders.id)`, [tender]))).toEqual([expect.stringMatching(/^bid: .* was received after the deadline/)])
  expect(await planted(run, (trx) => trx.raw(`update draw_pools set leaves = '[]' from tenders where tenders.id = tender_id and number = ?`, [tender]))).toContainEqual(expect.stringMatching(/^bid: .* is no leaf of the pool/))

  expect(await planted(run, async (trx) => {
    await unguarded(trx, 'ledger_entries')
    await trx('ledger_entries').where({ kind: 'tender.published', subject: tender }).update({ kind: 'award.made' })
  })).toContainEqual(`once: ${tender} has 2 ends told to the ledger`)
  const award = { type: 'marketplace.tender.awarded.v1', subject: tender }
  expect(await planted(run, async (trx) => trx.raw(`insert into outbox (event_id, type, subject, data, at, trace_id) select gen_random_uuid(), type, subject, data, at, trace_id from outbox where type = :type and subject = :subject`, award))).toEqual(expect.arrayContaining([`once: ${tender} has 2 ends told to others`, `outbox: award.made of ${tender} is committed 1 times and in the outbox 2 times`, expect.stringContaining('were never read by')]))
  expect(await planted(run, async (trx) => {
    await unguarded(trx, 'outbox')
    await trx('feed_events').whereIn('event_id', trx('outbox').where({ type: 'marketplace.tender.closed.v1', subject: other }).select('event_id')).delete()
    const events = trx('outbox').where({ type: 'marketplace.tender.closed.v1', subject: other })
    await trx('messages').whereIn('event_id', events.clone().select('event_id')).delete()
    await events.delete()
  })).toEqual([`outbox: tender.closed of ${other} is committed 1 times and in the outbox 0 times`])

  expect(await planted(run, async (trx) => {
    await unguarded(trx, 'ledger_entries')
    await trx.raw(`update ledger_entries set body = replace(body, 'tender.published', 'tender.publishee') where kind = 'tender.published' and subject = ?`, [tender])
  })).toContainEqual(expect.stringMatching(/^ledger: the entries do not give the root/))
  expect(await planted(run, async (trx) => {
    await unguarded(trx, 'ledger_leaves')
    await trx('ledger_leaves').where('index', '>=', seen.at(-1)!.size - 1).delete()
  })).toContainEqual(expect.stringContaining(`was given out, and the ledger has ${seen.at(-1)!.size - 1}`))
})

test('a price that lies in a table before its tender is opened is found, however it is written', { timeout: 600_000 }, async ({ run }) => {
  const { database: { owner }, report: { story } } = run
  const tender = story.sent[0]!.tender
  const sent = [{ tender: 'MD-220100-2026-999999', fen: 30_777_11 }]
  expect(await searchDump(owner, { sent })).toEqual({ looked: 1, violations: [] })
  await owner('accounts').where({ id: owner('accounts').select('id').limit(1) }).update({ display_name: '报价 30,777.11 元' })
  expect((await searchDump(owner, { sent: [...sent, { tender, fen: 1 }] })).violations).toEqual([{ check: 'secret', what: 'accounts names the price of 3077711 fen of MD-220100-2026-999999 before it was opened' }])
  for (const text of ['"fen":3077711', '30777.11', `\\x${Buffer.from('{"fen":3077711}').toString('hex')}`, Buffer.from('a price of 30777.11 yuan').toString('base64')]) expect(pricesIn(text, sent), text).toEqual(sent)
  for (const text of ['13077711', 'ab3077711', '3077711c', '30777.115']) expect(pricesIn(text, sent), text).toEqual([])
})

test('a web that says “done” before it is done is caught', { timeout: 600_000 }, async ({ onTestFinished }) => {
  const { report } = await aRun(0, (clean) => onTestFinished(clean), {
    bidders: 3,
    // The bid goes on its way, and whoever sent it is told at once that it has arrived; those sent before a web listens never do.
    mixes: [],
    send: async (address, cookie, { path: to, fields }) => {
      void fetch(`${address}${to}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { Cookie: cookie, Origin: address } }).then((answer) => answer.arrayBuffer(), () => {})
      return 'done'
    },
  })
  expect(report.violations.filter(({ check, what }) => check === 'bid' && what.endsWith('is lost')).length).toBeGreaterThan(0)
  expect(report.violations.filter(({ check }) => check !== 'bid')).toEqual([])
})
