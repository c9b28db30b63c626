import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import { METHODS } from '#app/domain/tenders/tender.ts'
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

test('webs and workers that are killed at every named point lose nothing, do nothing twice and show no price', async ({ run }) => {
  const { report } = run
  console.log(tableOf(report))
  expect(report.violations).toEqual([])
  expect(report.killed.length).toBeGreaterThanOrEqual(KILLS)
  expect(new Set(report.killed.map(({ point }) => point))).toEqual(new Set(['told', 'before-commit', 'after-commit', 'leaves-appended', 'sequenced', 'handed-over']))
  const { owner } = run.database
  expect(await owner('tenders').whereIn('number', report.story.tenders).distinct('method').orderBy('method').pluck('method')).toEqual(METHODS.toSorted())
  for (const count of [report.story.acknowledged.length, report.story.told.length, report.looked, report.seen.length]) expect(count).toBeGreaterThan(5)
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

test('the checks find what they look for: a lost bid, a late one, a second award, a rewritten entry, an event left out or told twice', async ({ run }) => {
  const { story, seen } = run.report
  const [tender, other] = (await run.database.owner('awards').join('draw_pools', 'draw_pools.tender_id', 'awards.tender_id').join('tenders', 'tenders.id', 'awards.tender_id').orderBy('number').pluck('number')) as [string, string]
  const first = story.acknowledged.find(({ act, mark }) => act === 'submit' && mark)!
  expect(await planted(run, async () => {})).toEqual([])

  const never = randomUUID()
  expect(await planted(run, async () => {}, { acknowledged: [...story.acknowledged, { ...first, bid: null, mark: never }] })).toEqual([`bid: the acknowledged bid ${never} in ${first.tender} is lost`])
  expect(await planted(run, async () => {}, { acknowledged: Array.from({ length: 99 }, () => ({ ...first, bid: null, mark: '' })) })).toEqual([expect.stringMatching(/^bid: 99 bids of .* were acknowledged, \d+ are there$/)])
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

test('the checks of other acts find a quote that is lost, out of order or too late, a missing sheet, pick or share, an acceptance without its award, a hold that was not kept', async ({ run }) => {
  const { story } = run.report
  const { owner } = run.database
  const never = randomUUID()
  const [tender] = story.tenders as [string]
  const lost = { quote: `quote: the acknowledged quote ${never} in ${tender} is lost`, declare: `sheet: the acknowledged declaration of ${never} in ${tender} is there 0 times`, sheet: `sheet: the acknowledged sheet ${never} in ${tender} is there 0 times`, pick: `pick: the acknowledged pick of ${never} in ${tender} is lost`, release: `release: the acknowledged release of ${never} in ${tender} is there 0 times`, suspend: `hold: the acknowledged hold ${never} of ${tender} is there 0 times`, lift: `hold: the acknowledged lifting ${never} of ${tender} is there 0 times` } as const
  const told = (Object.keys(lost) as (keyof typeof lost)[]).map((act) => ({ tender, act, by: never, mark: never, receipt: null }))
  expect(await planted(run, async () => {}, { told: [...story.told, ...told] })).toEqual(Object.values(lost))

  // What is planted needs no more than a random tender that was awarded, so that no slow machine decides.
  const [awarded] = (await owner('awards').join('draws', 'draws.tender_id', 'awards.tender_id').join('tenders', 'tenders.id', 'awards.tender_id').where({ method: 'random' }).whereIn('number', story.tenders).orderBy('number').pluck('number')) as [string]
  const id = randomUUID()
  const quoted = await planted(run, async (trx) => {
    await trx.raw(`insert into tender_auctions (tender_id, starts_at, ends_at) select id, closes_at, closes_at + interval '1 second' from tenders where number = ?`, [awarded])
    await trx.raw(`insert into auction_quotes (id, tender_id, sequence, bid_id, round, amount_fen, body, hash, quoted_at, receipt, ledger_entry_id) select ?, bids.tender_id, 1, bids.id, 1, 1, '{"previous":"00"}', bids.hash, closes_at + interval '1 second', 'shown', bids.ledger_entry_id from bids join tenders on tenders.id = tender_id where number = ? limit 1`, [id, awarded])
  }, { told: [{ tender: awarded, act: 'quote', by: never, mark: id, receipt: null }] })
  const about = `quote: the quote ${id} in ${awarded}`
  expect(quoted).toEqual([`quote: the acknowledged quote ${id} in ${awarded} is lost`, `${about} does not follow the one before it`, `${about} was taken outside the rounds`, `${about} is not at its place in the ledger`, `quote: ${awarded} has 1 quotes, and 0 in the ledger`, `quote: the end of the auction of ${awarded} is there 0 times`])

  const judged = await planted(run, async (trx) => {
    await trx.raw(`insert into tender_openings (tender_id, opened_at, decides_after, outcome, valid, invalid, ledger_entry_id) select draws.tender_id, drawn_at, drawn_at + interval '1 second', 'to-rank', 2, 0, draws.ledger_entry_id from draws join tenders on tenders.id = tender_id where number = ?`, [awarded])
    await trx.raw(`insert into tender_judges (id, tender_id, seat, organisation_id, invited_at, declared_at) select ?, id, 1, owner_id, closes_at, closes_at from tenders where number = ?`, [id, awarded])
    await trx.raw(`insert into score_sheets (judge_id, tender_id, committed_at, hash, sealed, ledger_entry_id, shown_at, body) select ?, draws.tender_id, drawn_at, '${`\\x${'00'.repeat(32)}`}', '', draws.ledger_entry_id, drawn_at, '{}' from draws join tenders on tenders.id = tender_id where number = ?`, [id, awarded])
  })
  expect(judged).toEqual([`sheet: ${awarded} has another number of declarations than the ledger`, `sheet: ${awarded} has 1 sheets, and 0 in the ledger`, `sheet: sheets.revealed of ${awarded} is there 0 times`, `sheet: bids.ranked of ${awarded} is there 0 times`, `sheet: the sheets of ${awarded} were never shown`])
  expect(await planted(run, (trx) => trx.raw(`insert into shortlists (tender_id, small, pick_by) select draws.tender_id, 3, drawn_at from draws join tenders on tenders.id = draws.tender_id where number = ?`, [awarded]))).toEqual([`pick: the pick of ${awarded} is there 0 times`, `pick: the pick of ${awarded} in the ledger is there 0 times`])
  expect(await planted(run, (trx) => trx.raw(`insert into share_releases (tender_id, holder, shares, released_at, ledger_entry_id) select draws.tender_id, 'platform', '[]', drawn_at, draws.ledger_entry_id from draws join tenders on tenders.id = tender_id where number = ?`, [awarded]))).toEqual([`release: ${awarded} was opened by the platform alone`, `release: ${awarded} has 1 releases, and 0 in the ledger`])
  const [direct] = (await owner('tenders').where({ method: 'direct' }).whereIn('number', story.tenders).orderBy('number').pluck('number')) as [string]
  expect(await planted(run, (trx) => trx.raw(`insert into bids (id, tender_id, agency_id, body, hash, received_at, receipt, ledger_entry_id) select ?, named.id, bids.agency_id, '', '${`\\x${'00'.repeat(32)}`}', named.published_at, '', bids.ledger_entry_id from bids, tenders named where named.number = ? and bids.agency_id <> named.named_agency_id limit 1`, [id, direct]))).toContainEqual(expect.stringMatching(`^acceptance: ${direct} has [12] acceptances that stand, and [01] awards$`))
  expect(await planted(run, (trx) => trx.raw(`insert into tender_suspensions (tender_id, ordinal, reason, basis, suspended_at, until, ledger_entry_id) select tenders.id, 99, '', '', closes_at - interval '1 minute', closes_at, awards.ledger_entry_id from tenders join awards on awards.tender_id = tenders.id where number = ?`, [awarded]))).toEqual(expect.arrayContaining([`hold: ${awarded} is held for ever`, `hold: award.made happened to ${awarded} under a hold`, `hold: marketplace.tender.awarded.v1 was told of ${awarded} under a hold`, expect.stringContaining('times in the ledger')]))
})

test('a price or a score sheet that lies in a table before its time is found, however it is written', async ({ run }) => {
  const { database: { owner }, report: { story } } = run
  const tender = story.sent[0]!.tender
  const sent = [{ tender: 'MD-220100-2026-999999', fen: 30_777_11 }]
  expect(await searchDump(owner, { sent })).toEqual({ looked: 1, violations: [] })
  const written = [{ tender: 'MD-220100-2026-999998', words: '0b2f5f0e-unfinished' }]
  expect(await searchDump(owner, { sent: [], written })).toEqual({ looked: 1, violations: [] })
  for (const words of [written[0]!.words, Buffer.from(`a mark and ${written[0]!.words}`).toString('base64')]) {
    await owner('accounts').where({ id: owner('accounts').select('id').limit(1) }).update({ display_name: words })
    expect((await searchDump(owner, { sent: [], written })).violations).toEqual([{ check: 'secret', what: `accounts names the words ${written[0]!.words} of a score sheet of MD-220100-2026-999998 before it was shown` }])
  }
  await owner('accounts').where({ id: owner('accounts').select('id').limit(1) }).update({ display_name: '报价 30,777.11 元' })
  expect((await searchDump(owner, { sent: [...sent, { tender, fen: 1 }] })).violations).toEqual([{ check: 'secret', what: 'accounts names the price of 3077711 fen of MD-220100-2026-999999 before it was opened' }])
  for (const text of ['"fen":3077711', '30777.11', `\\x${Buffer.from('{"fen":3077711}').toString('hex')}`, Buffer.from('a price of 30777.11 yuan').toString('base64')]) expect(pricesIn(text, sent), text).toEqual(sent)
  for (const text of ['13077711', 'ab3077711', '3077711c', '30777.115']) expect(pricesIn(text, sent), text).toEqual([])
})

test('a web that says “done” before it is done is caught', async ({ onTestFinished }) => {
  let lies = 0
  const { report } = await aRun(0, (clean) => onTestFinished(clean), {
    bidders: 3,
    mixes: [],
    // Whoever sends a bid is told at once that it has arrived, and every fifth never does.
    send: async (address, cookie, { path: to, fields }) => {
      if ((lies += 1) % 5 === 0) return 'done'
      void fetch(`${address}${to}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { Cookie: cookie, Origin: address } }).then((answer) => answer.arrayBuffer(), () => {})
      return 'done'
    },
  })
  expect(report.violations.filter(({ check, what }) => check === 'bid' && what.endsWith('is lost')).length).toBeGreaterThan(0)
  expect(report.violations.filter(({ check }) => check !== 'bid')).toEqual([])
})
