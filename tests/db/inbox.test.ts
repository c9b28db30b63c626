import { expect } from 'vitest'
import { type Member } from '#app/domain/accounts/actor.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { countUnread } from '#app/domain/notices/count-unread.server.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { openMessage } from '#app/domain/notices/open-message.server.ts'
import { readMessages } from '#app/domain/notices/read-messages.server.ts'
import { transact } from '#db/client.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { testApart as test, type TestContext } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aTender, contextsOf, offering, withBidders } from '#tests/support/tenders.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'

test('a tender is heard of by its owner and by those who could bid, in order, once, and by nobody else', async ({ database, context }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const outside = await make.agency(database.owner)
  const stranger = await make.owner(database.owner)
  const bidder = await offering(database.owner, stage.listing)
  await deliverAll(people(bidder))
  // Whoever began to offer after the notice hears nothing of what was before; this one offered in January.
  expect(await kindsOf(as(people, bidder))).toEqual(['tender-to-bid'])
  await submitBid(people(bidder), { number: stage.number, contribution: '' })
  await submitBid(people(bidder), { number: stage.number, contribution: '再来' })
  await withdrawBid(people(bidder), { number: stage.number })
  await deliverAll(people(bidder))
  expect(await kindsOf(as(people, bidder))).toEqual(['bid-withdrawn', 'bid-replaced', 'bid-received', 'tender-to-bid'])
  expect(await kindsOf(as(people, stage.owner))).toEqual(['tender-published'])
  for (const member of [outside, stranger]) expect(await kindsOf(as(people, member))).toEqual([])
  const { messages: [first] } = await findMessages(as(people, stage.owner), {})
  expect(first).toMatchObject({ subject: stage.number, params: { title: stage.tender.title }, unread: true })
  expect(JSON.stringify(await database.owner('messages').select('params'))).not.toMatch(/经办人/)
})

test('two workers at once tell everybody exactly once', async ({ database, context }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const members = await withBidders(database, people, stage, 5)
  const round = async () => void (await deliverMessages(people(stage.owner), 3))
  for (let turn = 0; turn < 20; turn++) await Promise.all([round(), round(), round()])
  await deliverAll(people(stage.owner))
  for (const member of members) expect((await kindsOf(as(people, member))).filter((kind) => kind === 'bid-received')).toHaveLength(1)
})

test('what one account has read is unread for the other, and a new colleague begins with nothing unread', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const manager = await offering(database.owner, stage.listing)
  const delegate = await colleague(database.owner, manager)
  const late = await colleague(database.owner, manager, new Date(clock.now.getTime() + 1))
  await deliverAll(people(manager))
  const { messages: [message] } = await findMessages(as(people, manager), {})
  await openMessage(as(people, manager), { id: message!.id })
  expect(await countUnread(people(manager))).toBe(0)
  expect(await countUnread(people(delegate))).toBe(1)
  expect(await countUnread(people(late))).toBe(0)
  expect((await findMessages(as(people, late), {})).messages).toHaveLength(1)
  await openMessage(as(people, delegate), { id: message!.id })
  await openMessage(as(people, delegate), { id: message!.id })
  expect(await countUnread(people(delegate))).toBe(0)
})

test('all is marked as read up to what was seen, for oneself alone, and what comes later is unread', async ({ database, context }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const manager = await offering(database.owner, stage.listing)
  const delegate = await colleague(database.owner, manager)
  for (let turn = 0; turn < 3; turn++) await submitBid(people(manager), { number: stage.number, contribution: String(turn) })
  await deliverAll(people(manager))
  expect(await countUnread(people(manager))).toBe(4)
  const { messages } = await findMessages(as(people, manager), {})
  await openMessage(as(people, manager), { id: messages[3]!.id })
  await readMessages(as(people, manager), { upTo: messages[0]!.id })
  expect(await countUnread(people(manager))).toBe(0)
  expect(await database.owner('message_reads').where({ account_id: manager.accountId })).toEqual([])
  expect(await countUnread(people(delegate))).toBe(4)
  // A mark that was sent too far, or back, moves no further than there is and never down.
  await readMessages(as(people, manager), { upTo: Number.MAX_SAFE_INTEGER })
  await readMessages(as(people, manager), { upTo: messages[3]!.id })
  await withdrawBid(people(manager), { number: stage.number })
  await deliverAll(people(manager))
  expect(await countUnread(people(manager))).toBe(1)
  expect((await findMessages(as(people, manager), { unread: true })).messages.map(({ kind }) => kind)).toEqual(['bid-withdrawn'])
})

test('a message of another organisation, another role or another duty does not exist', async ({ database, context }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const bidder = await offering(database.owner, stage.listing)
  const delegate = await colleague(database.owner, bidder)
  await transact(database.owner, (trx) => insertEvent(trx, { type: 'marketplace.delegate.invited.v1', subject: 'x', data: { organisation: bidder.organisationId, role: 'agency' }, at: people(bidder).clock.now, traceId: '0' }))
  await deliverAll(people(bidder))
  const { messages } = await findMessages(as(people, bidder), {})
  expect(messages.map(({ kind }) => kind)).toEqual(['delegate-invited', 'tender-to-bid'])
  const missing = { kind: 'missing', code: 'notices.no-such-message' }
  await expect(openMessage(as(people, stage.owner), { id: messages[1]!.id })).rejects.toMatchObject(missing)
  await expect(openMessage(as(people, { ...bidder, role: 'owner' }), { id: messages[1]!.id })).rejects.toMatchObject(missing)
  await expect(openMessage(as(people, delegate), { id: messages[0]!.id })).rejects.toMatchObject(missing)
  expect(await kindsOf(as(people, delegate))).toEqual(['tender-to-bid'])
})

test('a thousand agencies hear of one tender by one statement, and not by a thousand', async ({ database, context }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const one = await offering(database.owner, stage.listing)
  await database.owner.raw(
    `with made as (insert into organisations (id, kind, uscc, name, division_code, registered_at) select gen_random_uuid(), 'organisation', '9' || lpad(n::text, 17, '0'), '机构' || n, '220100', '2026-01-05' from generate_series(1, 1000) n returning id),
          admitted as (insert into agencies (organisation_id, committed_at, admitted_at) select id, '2026-01-05', '2026-01-05' from made returning organisation_id)
     insert into offerings (id, agency_id, listing_id, listing_code, conditions, process, promised_days, fee, service_divisions, offered_at)
     select gen_random_uuid(), organisation_id, ?, ?, '—', '—', 5, '—', '{220100}', '2026-01-06' from admitted`,
    [stage.listing.id, stage.listing.code],
  )
  const inserts: string[] = []
  database.app.on('query', ({ sql }: { sql: string }) => void (sql.startsWith('insert into messages') && inserts.push(sql)))
  const told = await deliverAll(people(one))
  expect(told).toBeGreaterThanOrEqual(1002)
  expect(inserts.filter((sql) => sql.includes('tender.division_code'))).toHaveLength(1)
})

test('an event that nobody knows, and one whose data does not fit, hold up nothing', async ({ database, context }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const at = people(stage.owner).clock.now
  const happen = (type: string, data: Record<string, string>) => transact(database.owner, (trx) => insertEvent(trx, { type, subject: 'x', data, at, traceId: '0' }))
  await happen('marketplace.something.new.v7', { a: '1' })
  await happen('marketplace.demand.decided.v1', { decision: 'no uuid at all' })
  await happen('marketplace.delegate.joined.v1', { organisation: stage.owner.organisationId, role: 'owner' })
  const { unreadable } = await deliverMessages(people(stage.owner), 1000)
  expect(unreadable.map(({ type }) => type)).toEqual(['marketplace.demand.decided.v1'])
  expect(await kindsOf(as(people, stage.owner))).toEqual(['delegate-joined', 'tender-published'])
  expect(await deliverMessages(people(stage.owner), 1000)).toMatchObject({ events: 0 })
})

/** Somebody else who acts for the same organisation, as its delegate. */
async function colleague(db: TestContext['db'], of: Member, since = new Date('2026-01-05T01:00:00Z')): Promise<Member> {
  const accountId = crypto.randomUUID()
  await db('accounts').insert({ id: accountId, display_name: '同事', locale: 'zh', created_at: since })
  await db('memberships').insert({ account_id: accountId, organisation_id: of.organisationId, role: of.role, duty: 'delegate', since })
  return { ...of, accountId, duty: 'delegate' }
}
