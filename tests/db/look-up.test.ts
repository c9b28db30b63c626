import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { openSession } from '#app/domain/accounts/open-session.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { lookUp } from '#app/domain/oversight/look-up.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { transact } from '#db/client.ts'
import { handOver } from '#db/repositories/outbox.ts'
import { statementsOf } from '#tests/bench/captured.ts'
import { test, type MakeContext } from '#tests/support/database.ts'
import { agency, operator, owner, regulator } from '#tests/support/factories.ts'
import { aTender, contextsOf, sequencerOf, withBidders } from '#tests/support/tenders.ts'

async function looker(context: MakeContext, member: Member) {
  const look = (number: string) => lookUp(context(member), { number })
  const only = async (number: string) => {
    const { found } = await look(number)
    expect(found, number).toHaveLength(1)
    return found[0]!
  }
  return { look, only }
}

test('a tender, its bids, its entries and its trace are found by any number that somebody holds, and who bid is told only after the freeze', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 3)
  const { look, only } = await looker(context, await operator(database.owner))
  expect(await only(` ${stage.number.toLowerCase()}`)).toMatchObject({ kind: 'tender', subject: stage.number, state: 'open', organisation: { uscc: stage.owner.uscc } })
  expect(await only(stage.tender.id)).toMatchObject({ kind: 'tender', subject: stage.number, state: 'open' })

  const bid = await database.owner('bids').where({ tender_id: stage.tender.id }).first()
  for (const number of [bid.id, bid.hash.toString('hex')]) expect(await only(number)).toMatchObject({ kind: 'bid', subject: bid.id, name: stage.number, state: 'standing', organisation: null })
  const whole = JSON.stringify(await look(bid.id))
  const { uscc } = await database.owner('organisations').where({ id: bid.agency_id }).first()
  for (const secret of [uscc, bid.agency_id, bid.submitted_by]) expect(whole).not.toContain(secret)

  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  expect(await only(bid.id)).toMatchObject({ organisation: { uscc } })
  expect(await only(stage.number)).toMatchObject({ state: 'frozen' })

  const entry = await database.owner('ledger_entries').where({ subject: stage.number, kind: 'tender.published' }).first()
  expect(await only(entry.id)).toMatchObject({ kind: 'entry', state: 'waiting', place: null })
  await sequencerOf(database)()
  const { index } = await database.owner('ledger_leaves').where({ entry_id: entry.id }).first()
  expect(await only(entry.leaf_hash.toString('hex'))).toMatchObject({ kind: 'entry', ledgerEntry: entry.id, state: 'sequenced', place: index })
  for (const place of [`${index}`, `第${index + 1}条`]) expect((await look(place)).found.map(({ ledgerEntry }) => ledgerEntry)).toContain(entry.id)

  const { acts, told, deliveries } = await look(stage.number)
  expect(told.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['tender.published', 'tender.closed', 'pool.frozen']))
  expect(acts.map(({ act, by }) => [act, by])).toContainEqual(['publish:tender', 'member'])
  expect(deliveries[0]!.readers).toContainEqual({ name: 'search', waiting: true })
  const event = deliveries.at(-1)!
  await handOver(database.app, 'search', 10_000, async () => {})
  const after = await look(event.eventId)
  expect(after.found[0]).toMatchObject({ kind: 'event', subject: stage.number })
  expect(after.deliveries.find(({ eventId }) => eventId === event.eventId)!.readers).toEqual(expect.arrayContaining([{ name: 'search', waiting: false }, { name: 'inbox', waiting: true }]))
  expect((await look(entry.trace_id)).told.map(({ id }) => id)).toContain(entry.id)
})

test('a question is found, and never who asked', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [asker] = await withBidders(database, make, stage, 1)
  const { id } = await askQuestion(make(asker!), { number: stage.number, question: '现场踏勘安排在哪一天？' })
  const { look, only } = await looker(context, await operator(database.owner))
  expect(await only(id)).toMatchObject({ kind: 'question', name: stage.number, state: 'unanswered', organisation: null })
  for (const secret of [asker!.uscc, asker!.organisationId, asker!.accountId]) expect(JSON.stringify(await look(id))).not.toContain(secret)
})

test('of people only that they exist and where they work', async ({ database, context, clock }) => {
  const { look, only } = await looker(context, await regulator(database.owner))
  const member = await agency(database.owner)
  const signInName = `li.${member.accountId.slice(0, 8)}`
  await database.owner('accounts').where({ id: member.accountId }).update({ display_name: '李明明' })
  await database.owner('credentials').insert({ account_id: member.accountId, sign_in_name: signInName, password_hash: 'x', changed_at: clock.now })
  await transact(database.owner, (trx) => openSession(trx, { accountId: member.accountId, userAgent: 'a browser', at: clock.now }))
  const row = await database.owner('sessions').where({ account_id: member.accountId }).first()
  expect(await only(signInName.toUpperCase())).toEqual({ kind: 'signInName', subject: '', name: null, at: null, state: 'live', place: null, ledgerEntry: null, organisation: { name: member.organisationName, uscc: member.uscc } })
  expect(await only(member.accountId)).toMatchObject({ kind: 'account', organisation: { uscc: member.uscc } })
  expect(await only(row.id)).toMatchObject({ kind: 'session', state: 'live' })
  expect(await only(member.uscc!)).toMatchObject({ kind: 'organisation', state: 'agency' })
  for (const number of [signInName, member.accountId, row.id]) {
    const shown = JSON.stringify(await look(number))
    for (const personal of ['李明明', 'a browser']) expect(shown).not.toContain(personal)
  }
  const person = await owner(database.owner)
  await database.owner('organisations').where({ id: person.organisationId }).update({ kind: 'natural-person', uscc: null, name: '李明明' })
  expect(await only(person.accountId)).toMatchObject({ organisation: { name: null, uscc: null } })
})

test('every look is in the audit, a sign-in name without the name; who may not look is refused', async ({ database, context }) => {
  const member = await operator(database.owner)
  const { look } = await looker(context, member)
  const unknown = randomUUID()
  expect(await look(unknown)).toMatchObject({ found: [], acts: [], deliveries: [], told: [] })
  await look('wang.xiaoming')
  const looks = await database.owner('audits').where({ act: 'look:up', account_id: member.accountId }).orderBy('id')
  expect(looks.map(({ subject }) => subject)).toEqual([unknown, member.accountId])
  expect(JSON.stringify(looks)).not.toContain('xiaoming')
  expect((await look(unknown)).acts).toMatchObject([{ act: 'look:up', by: 'member' }])
  const stranger = await agency(database.owner)
  await expect(lookUp(context(stranger), { number: unknown })).rejects.toMatchObject({ code: 'accounts.not-allowed' })
  await expect(lookUp(context(), { number: unknown })).rejects.toMatchObject({ code: 'accounts.sign-in-first' })
})

test('every question that a look asks is answered by an index', async ({ database, context }) => {
  const { look } = await looker(context, await operator(database.owner))
  const numbers = ['MD-220100-2026-000001', randomUUID(), 'a'.repeat(64), 'b'.repeat(32), 'c'.repeat(16), '7', 'R28', '91220101MA0Y9ABCXX', '2026-220106-47-01-000123', 'somebody']
  const planner = new pg.Client({ connectionString: database.ownerUrl })
  await planner.connect()
  await planner.query('set enable_seqscan = off')
  const [scans, plans] = [[] as string[], [] as string[]]
  for (const number of numbers) {
    const statements = await statementsOf(database.app, () => look(number))
    for (const { sql, values } of statements.filter(({ sql }) => /^\s*select\b(?!.*clock_timestamp)/i.test(sql))) {
      const { rows } = await planner.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values)
      plans.push(sql)
      // Who reads the outbox is a handful of rows; every other table grows.
      scans.push(...rows.map((row) => row['QUERY PLAN']).filter((line) => /Seq Scan on (?!outbox_readers)/.test(line)).map((line) => `${number}: ${line.trim()}`))
    }
  }
  await planner.end()
  expect(plans.length).toBeGreaterThan(numbers.length * 4)
  expect(scans).toEqual([])
})
