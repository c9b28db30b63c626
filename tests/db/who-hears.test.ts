import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { tellBinding } from '#app/domain/awards/tell-binding.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { explainQuote } from '#app/domain/bids/explain-quote.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { keepMaterial, openCase, recordCaseState } from '#app/domain/guard/keep-case.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import type { Message } from '#app/domain/notices/message.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { transact } from '#db/client.ts'
import { listUntoldBindings } from '#db/repositories/awards.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { testApart as test, type MakeContext, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aListing, aTender, contextsOf, drawn, offering, sequencerOf, setPeriods, withBidders } from '#tests/support/tenders.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { say } from '#tests/support/inquiries.ts'

/** A tender with bidders that was closed and drawn, and of which everybody has been told. */
async function anAwardHeardOf(database: TestDatabase, context: MakeContext, clock: TestClock, count: number) {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' } })
  const people = contextsOf(context)
  const sequence = sequencerOf(database)
  const stage = await aTender(database, people)
  const bidders = await withBidders(database, people, stage, count)
  clock.advance(60_000)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  await sequence()
  clock.advance(30_000)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  await deliverAll(people(stage.owner))
  return { people, stage, bidders }
}

test('a close and a failure are heard of by owner and bidders; a second run of the round tells nothing again', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const [bidder] = await withBidders(database, people, stage, 1)
  clock.set(stage.tender.publication.closesAt)
  await closeTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })
  expect(await deliverAll(people(stage.owner))).toBeGreaterThan(0)
  expect(await deliverAll(people(stage.owner))).toBe(0)
  expect((await kindsOf(as(people, stage.owner)))[0]).toBe('own-tender-failed')
  expect((await kindsOf(as(people, bidder!)))[0]).toBe('tender-failed')
})

test('a list that drops or rewords a service is heard of by those who offer it, by offices, and not by the rest', async ({ database, context }) => {
  const people = contextsOf(context)
  const [office, governor] = [await make.authority(database.owner), await make.regulator(database.owner)]
  const stage = await aTender(database, people)
  const agency = await offering(database.owner, stage.listing)
  const db = database.owner
  await aListing(db)
  const { number } = (await db('catalogue_versions').where({ division_code: make.CHANGCHUN }).max({ number: 'number' }).first()) as { number: number }
  await db('listings').where({ id: stage.listing.id }).update({ in_force_until: '2026-12-01', until_version: number })
  await transact(db, (trx) => insertEvent(trx, { type: 'marketplace.catalogue.version-adopted.v1', subject: 'x', data: { division: make.CHANGCHUN, number, effectiveOn: '2026-12-01' }, at: people(office).clock.now, traceId: '0' }))
  await deliverAll(people(office))
  const [message] = (await findMessages(as(people, agency), {})).messages as Message<'service-retired'>[]
  expect(message).toMatchObject({ kind: 'service-retired', subject: stage.listing.code, params: { number, service: `服务${stage.listing.code}`, count: 1, effectiveOn: '2026-12-01' } })
  expect(await kindsOf(as(people, office))).toEqual(['list-version'])
  expect(await kindsOf(as(people, governor))).toEqual([])
})

test('a result is heard of by the owner, the winner and the others, each in their own words', async ({ database, context, clock }) => {
  const { people, stage, bidders } = await anAwardHeardOf(database, context, clock, 3)
  const heard = await Promise.all(bidders.map(async (member) => (await kindsOf(as(people, member))).slice(0, 2).join()))
  expect(heard.sort()).toEqual(['award-to-another,bidding-closed', 'award-to-another,bidding-closed', 'award-won,bidding-closed'])
  const { messages: [result] } = await findMessages(as(people, stage.owner), {})
  expect(bidders.map(({ organisationName }) => organisationName)).toContain((result as Message<'own-tender-awarded'>).params.winner)
})

test('whose price is marked as low hears that it may be explained and until when; the others and the owner hear that all are public', async ({ database, context, clock }) => {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 40, unit: 's' } })
  const people = contextsOf(context)
  const stage = await aTender(database, people, { method: 'lowest-price' })
  const [low, fair] = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  for (const [member, fen] of [[low, 10_000_00], [fair, 40_000_00]] as const) await sealBidAtDoor(people(member), { number: stage.number, quote: { kind: 'money', fen }, contribution: '' })
  clock.advance(60_000)
  await attendTender(people(stage.owner), stage.tender)
  await sequencerOf(database)()
  await attendTender(people(stage.owner), stage.tender)
  await deliverAll(people(stage.owner))
  const [toExplain] = (await findMessages(as(people, low), {})).messages
  expect(toExplain).toMatchObject({ kind: 'price-to-explain', subject: stage.number, params: { decidesAfter: expect.any(String) } })
  expect((await kindsOf(as(people, fair)))[0]).toBe('bids-opened')
  expect((await kindsOf(as(people, stage.owner)))[0]).toBe('bids-opened')
  clock.advance(1000)
  await explainQuote(people(low), { number: stage.number, words: '已有同一流域的基础资料，成本只含人工和打印。' })
  await deliverAll(people(stage.owner))
  expect((await kindsOf(as(people, stage.owner)))[0]).toBe('price-explained')
})

test('when the publicity is over owner, winner and the others hear once that the award binds, however many rounds there are', async ({ database, context, clock }) => {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 100, unit: 's' }, decline: { n: 20, unit: 's' } })
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const bidders = await withBidders(database, people, stage, 3)
  await drawn(database, people, clock, stage)
  const { publicityEndsAt } = (await findTender(database.app, { id: stage.tender.id }))!
  const due = async () => (await listUntoldBindings(database.app, clock.now, 50)).filter(({ id }) => id === stage.tender.id)
  clock.set(new Date(publicityEndsAt!.getTime() - 1))
  expect([await due(), await tellBinding(people(stage.owner), stage.tender)]).toEqual([[], false])
  clock.set(publicityEndsAt!)
  expect(await due()).toEqual([{ id: stage.tender.id, number: stage.number }])
  const told = await Promise.all(Array.from({ length: 6 }, () => tellBinding(people(stage.owner), stage.tender)))
  expect(told.filter(Boolean)).toHaveLength(1)
  expect([await due(), await tellBinding(people(stage.owner), stage.tender)]).toEqual([[], false])
  expect(await database.owner('outbox').where({ subject: stage.number, type: 'marketplace.tender.award-bound.v1' })).toHaveLength(1)
  await deliverAll(people(stage.owner))
  expect((await kindsOf(as(people, stage.owner)))[0]).toBe('own-award-binds')
  const heard = await Promise.all(bidders.map(async (member) => (await kindsOf(as(people, member)))[0]!))
  expect(heard.sort()).toEqual(['award-binds', 'award-binds-for-another', 'award-binds-for-another'])
})

test('a declined award is never told as binding; the reserve’s is, when its own publicity is over', async ({ database, context, clock }) => {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 100, unit: 's' }, decline: { n: 60, unit: 's' } })
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const bidders = await withBidders(database, people, stage, 2)
  await drawn(database, people, clock, stage)
  const first = await findTender(database.app, { id: stage.tender.id })
  const [{ agency_id: winner }] = await database.owner('standing_awards').join('bids', 'bids.id', 'standing_awards.bid_id').where({ 'standing_awards.tender_id': stage.tender.id }).select('agency_id')
  clock.advance(30_000)
  await declineAward(people(bidders.find(({ organisationId }) => organisationId === winner)!), { number: stage.number, reason: 'no-capacity', words: '近期任务已满，无法按期完成。' })
  clock.set(first!.publicityEndsAt!)
  expect(await tellBinding(people(stage.owner), stage.tender)).toBe(false)
  clock.advance(30_000)
  expect(await tellBinding(people(stage.owner), stage.tender)).toBe(true)
  await deliverAll(people(stage.owner))
  const kinds = await Promise.all(bidders.map(async (member) => [member.organisationId === winner, (await kindsOf(as(people, member)))[0]] as const))
  expect(kinds.find(([declined]) => !declined)![1]).toBe('award-binds')
})

test('whoever is next in the order hears of the award when the winner declines, and the owner hears of both', async ({ database, context, clock }) => {
  const { people, stage, bidders } = await anAwardHeardOf(database, context, clock, 2)
  const kinds = () => Promise.all(bidders.map(async (member) => (await kindsOf(as(people, member)))[0]!))
  const first = (await kinds()).indexOf('award-won')
  clock.advance(1000)
  await declineAward(people(bidders[first]!), { number: stage.number, reason: 'no-capacity', words: '近期任务已满，无法按期完成。' })
  await deliverAll(people(stage.owner))
  expect((await kinds())[1 - first]).toBe('award-won')
  expect((await kindsOf(as(people, stage.owner))).slice(0, 3)).toEqual(['own-tender-awarded', 'award-declined', 'own-tender-awarded'])
  const { messages: [result] } = await findMessages(as(people, stage.owner), {})
  expect(result!.params).toMatchObject({ winner: bidders[1 - first]!.organisationName, publicityEndsAt: expect.any(String) })
})

test('a question is heard of by the owner, its answer by the asker and the bidders, each without the other’s name', async ({ database, context }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const [bidder] = await withBidders(database, people, stage, 1)
  const asker = await offering(database.owner, stage.listing)
  const question = await askQuestion(people(asker), { number: stage.number, question: '成果需要几份？' })
  await answerQuestion(people(stage.owner), { number: stage.number, id: question.id, answer: '两份。' })
  await answerQuestion(people(stage.owner), { number: stage.number, id: question.id, answer: '三份。' })
  await deliverAll(people(stage.owner))
  expect((await kindsOf(as(people, stage.owner)))[0]).toBe('question-to-answer')
  expect((await kindsOf(as(people, asker))).slice(0, 2)).toEqual(['answer-corrected', 'own-question-answered'])
  expect((await kindsOf(as(people, bidder!))).slice(0, 2)).toEqual(['answer-corrected', 'question-answered'])
  const params = JSON.stringify(await database.owner('messages').where('kind', 'like', '%answer%').select('params'))
  for (const member of [asker, bidder!]) expect(params).not.toContain(member.organisationName)
})

test('a demand is heard of by the owner of the project; a refused one by its office and the regulator too', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [buyer, office, governor, provincial, elsewhere] = [await make.owner(db), await make.authority(db, { divisionCode: '220106' }), await make.regulator(db), await make.regulator(db, { divisionCode: '220000' }), await make.regulator(db, { divisionCode: '220200' })]
  const { code } = await make.project(db, buyer)
  const demand = DemandInput.parse({ caseNumber: 'CASE-1', projectCode: code, authority: office.uscc, approvalItem: 'A01', demanded: { text: '没有的服务' }, demandedOn: dayOf(clock.now) })
  await decide(people(office), { demand, say: ({ code: reason }) => ({ text: reason, source: '' }) })
  await deliverAll(people(office))
  expect(await kindsOf(as(people, buyer))).toEqual(['demand-decided'])
  expect(await kindsOf(as(people, office))).toEqual(['own-demand-refused'])
  for (const regulator of [governor, provincial]) expect(await kindsOf(as(people, regulator))).toEqual(['demand-refused'])
  expect(await kindsOf(as(people, elsewhere))).toEqual([])
  // The case's number and the officer's words stay in the decision.
  expect(JSON.stringify(await db('messages').select('params', 'subject'))).not.toMatch(/CASE-1|没有的服务/)
})

test('who applied hears of the case, of each state that it comes into, and of what is demanded in it', async ({ database, context, clock }) => {
  const [people, db] = [contextsOf(context), database.owner]
  const [applicant, office, stranger] = [await make.owner(db), await make.authority(db), await make.owner(db)]
  const { id, number } = await openCase(people(office), { say, number: '长审 1 号'.replaceAll(' ', ''), projectCode: make.makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: null })
  await keepMaterial(people(office), { say, id, material: { code: 'M1', name: '身份证明', source: 'applicant', listingCode: null, sharedFrom: null, state: 'lacking', reason: '' } })
  await recordCaseState(people(office), { id, state: 3, note: '' })
  const demand = DemandInput.parse({ caseNumber: number, projectCode: null, authority: office.uscc, approvalItem: 'A01', demanded: { text: '没有的服务' }, demandedOn: dayOf(clock.now) })
  await decide(people(office), { demand, say: ({ code: reason }) => ({ text: reason, source: '' }) })
  await deliverAll(people(office))
  expect(await kindsOf(as(people, applicant))).toEqual(['demand-decided', 'case-changed', 'case-materials', 'case-registered'])
  expect(await kindsOf(as(people, stranger))).toEqual([])
  const { messages } = await findMessages(as(people, applicant), {})
  expect(messages[1]).toMatchObject({ subject: id, params: { number, state: 'accepted' } })
})
