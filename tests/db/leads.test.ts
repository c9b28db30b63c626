import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import type { Publication } from '#app/domain/tenders/tender.ts'
import { testApart as test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aListing, aTender, contextsOf, offerAlso, withBidders } from '#tests/support/tenders.ts'

const leadsOf = async (context: TestContext, kind?: LeadKind) => (await findLeads(context, { kind })).items

async function demanded(people: (member: Member) => TestContext, office: Member, text: string, at: Date) {
  const demand = DemandInput.parse({ authority: office.uscc, approvalItem: 'A01', demanded: { text }, demandedOn: dayOf(at) })
  await decide(people(office), { demand, say: ({ code: reason }) => ({ text: reason, source: '' }) })
}

/** Names the agency for a purchase of its own kind and lets it accept and win. */
async function given(database: TestDatabase, people: (member: Member) => TestContext, { buyer, named, project, ceiling }: { buyer: Member; named: Member; project: string; ceiling: number }) {
  const listing = await aListing(database.owner)
  await offerAlso(database.owner, named, listing)
  const { id } = await draftTender(people(buyer), { projectCode: project, listingCode: listing.code, method: 'direct', title: make.unique('直接选取'), requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling, namedAgency: named.uscc!, directReason: '前一阶段由该机构完成，资料齐全。' })
  const { publication } = (await publishTender(people(buyer), { id })) as { publication: Publication }
  await submitBid(people(named), { number: publication.number, contribution: '' })
  people(buyer).clock.set(publication.closesAt)
  await attendTender(people(buyer), { id })
  return publication.number
}

test('what an authority demands again after it was refused is a lead with its count; other words, another office and a single refusal are none', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const [governor, office, other] = [await make.regulator(database.owner), await make.authority(database.owner), await make.authority(database.owner)]
  await demanded(people, office, '收获面积勘查', clock.now)
  await demanded(people, other, '收获面积勘查', clock.now)
  await demanded(people, office, '用电容量证明', clock.now)
  expect(await leadsOf(people(governor))).toEqual([])
  for (const again of ['收获 面积勘查', '收获面积勘查。']) await demanded(people, office, again, clock.now)
  expect(await leadsOf(people(governor))).toMatchObject([{ kind: 'demand-insisted', until: null, params: { authority: office.organisationName, service: '收获面积勘查。', count: 3 } }])
  clock.advance(366 * 86_400_000)
  expect(await leadsOf(people(governor))).toEqual([])
})

test('a question past its term reaches the regulator with its clock and is gone with the answer', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const governor = await make.regulator(database.owner)
  const stage = await aTender(database, people)
  const [bidder] = await withBidders(database, people, stage, 1)
  const question = await askQuestion(people(bidder!), { number: stage.number, question: '成果需要几份？' })
  expect(await leadsOf(people(governor))).toEqual([])
  const { answer_by: answerBy } = await database.owner('tender_questions').where({ id: question.id }).first()
  clock.set(answerBy)
  expect(await leadsOf(people(governor))).toMatchObject([{ kind: 'question-overdue', subject: stage.number, until: answerBy, left: { unit: 'late' }, params: { owner: stage.owner.organisationName, count: 1, held: answerBy >= stage.tender.publication.closesAt } }])
  clock.set(new Date(Math.max(answerBy.getTime(), stage.tender.publication.closesAt.getTime())))
  expect(await leadsOf(people(governor))).toMatchObject([{ params: { held: true } }])
  await answerQuestion(people(stage.owner), { number: stage.number, id: question.id, answer: '两份。' })
  expect(await leadsOf(people(governor))).toEqual([])
})

test('related bidders put out at a close are flagged with what tied them then, and nothing of the tie is public', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const governor = await make.regulator(database.owner)
  const stage = await aTender(database, people)
  const [one, two, three] = await withBidders(database, people, stage, 4)
  await database.owner('organisations').whereIn('id', [one!.organisationId, two!.organisationId]).update({ phone: '0431-88886666' })
  await database.owner('organisations').whereIn('id', [two!.organisationId, three!.organisationId]).update({ address: '绿园区示例路1号' })
  clock.set(stage.tender.publication.closesAt)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  // What they change afterwards changes nothing of what the close saw.
  await database.owner('organisations').whereIn('id', [one!.organisationId, three!.organisationId]).update({ phone: null, address: null })
  const [lead] = await leadsOf(people(governor))
  expect(lead).toMatchObject({ kind: 'bidders-related', subject: stage.number, until: stage.tender.publication.drawsAfter, params: { count: 2 } })
  const pairs = (lead!.params as { pairs: { one: string; other: string; by: string[] }[] }).pairs.map(({ one: later, other, by }) => [later, other, by.join()])
  expect(pairs.sort()).toEqual([[two!.organisationName, one!.organisationName, 'same-phone'], [three!.organisationName, two!.organisationName, 'same-address']].sort())
  const published = JSON.stringify(await Promise.all(['ledger_entries', 'ledger_payloads', 'outbox', 'draw_pools'].map((table) => database.owner(table).select())))
  for (const tie of ['same-phone', 'same-address']) expect(published).not.toContain(tie)
})

test('one agency with most of what public money gave out directly is a lead, and so is the year’s sum; private money and an even share are none', async ({ database, context }) => {
  const people = contextsOf(context)
  const db = database.owner
  const governor = await make.regulator(db)
  const [first, second] = [await make.agency(db), await make.agency(db)]
  const buyer = await make.owner(db)
  const { code: project } = await make.project(db, buyer, { moneySource: 'fiscal' })
  const own = await make.owner(db)
  const { code: ownProject } = await make.project(db, own)
  for (let time = 0; time < 3; time++) await given(database, people, { buyer: own, named: first, project: ownProject, ceiling: 50_000_00 })
  await given(database, people, { buyer, named: first, project, ceiling: 50_000_00 })
  await given(database, people, { buyer, named: second, project, ceiling: 50_000_00 })
  expect(await leadsOf(people(governor))).toEqual([])
  await given(database, people, { buyer, named: first, project, ceiling: 10_000_00 })
  const year = Number(dayOf(people(buyer).clock.now).slice(0, 4))
  expect(await leadsOf(people(governor))).toMatchObject([{ kind: 'direct-share', subject: first.uscc, params: { owner: buyer.organisationName, agency: first.organisationName, year, count: 2, of: 3, fen: 60_000_00, ofFen: 110_000_00 } }])
  await given(database, people, { buyer, named: second, project, ceiling: 50_000_00 })
  await given(database, people, { buyer, named: first, project, ceiling: 40_000_00 })
  expect((await leadsOf(people(governor))).map(({ kind }) => kind)).toEqual([])
  const last = await given(database, people, { buyer, named: second, project, ceiling: 1_00 })
  expect(await leadsOf(people(governor), 'direct-total')).toMatchObject([{ kind: 'direct-total', subject: last, params: { owner: buyer.organisationName, count: 6, fen: 200_001_00, limitFen: 200_000_00 } }])
  // The thresholds are the division's to set.
  await db('policy_parameters').insert({ division_code: make.CHANGCHUN, name: 'directYearTotal', value: '30000000', source: 'test', from_on: '2026-01-01' })
  expect(await leadsOf(people(governor), 'direct-total')).toEqual([])
})

test('pages of leads follow each other without a gap or a double, what has a clock first; each kind alone too', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const [governor, office] = [await make.regulator(database.owner), await make.authority(database.owner)]
  const stages = [await aTender(database, people), await aTender(database, people)]
  for (const stage of stages) {
    const [bidder] = await withBidders(database, people, stage, 1)
    await askQuestion(people(bidder!), { number: stage.number, question: '成果需要几份？' })
    clock.advance(3_600_000)
  }
  const words = ['甲事', '乙事', '丙事']
  for (const text of [...words, ...words]) {
    await demanded(people, office, `清单外的${text}`, clock.now)
    clock.advance(1_000)
  }
  clock.advance(10 * 86_400_000)
  const whole = await findLeads(people(governor))
  expect(whole.items.map(({ kind }) => kind)).toEqual(['question-overdue', 'question-overdue', 'demand-insisted', 'demand-insisted', 'demand-insisted'])
  expect(whole.items[0]!.subject).toBe(stages[0]!.number)
  expect(whole.counts).toMatchObject({ 'question-overdue': 2, 'demand-insisted': 3, 'direct-share': 0 })
  const walk = async (kind?: LeadKind) => {
    const keys: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await findLeads(people(governor), { kind, after, limit: 1 })
      keys.push(...page.items.map(({ key }) => key))
      after = page.next
      if (!after) return keys
    }
  }
  expect(await walk()).toEqual(whole.items.map(({ key }) => key))
  expect(await walk('demand-insisted')).toEqual(whole.items.slice(2).map(({ key }) => key))
  for (const after of ['', 'x', 'Infinity~1~-1~', '1~1~1~"; drop', '9'.repeat(40)]) expect((await findLeads(people(governor), { after })).items).toHaveLength(5)
})

test('a lead is for the regulators of its division and for nobody else', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [governor, province, county, elsewhere, office] = [await make.regulator(db), await make.regulator(db, { divisionCode: '220000' }), await make.regulator(db, { divisionCode: '220106' }), await make.regulator(db, { divisionCode: '220200' }), await make.authority(db)]
  for (let time = 0; time < 2; time++) await demanded(people, office, '收获面积勘查', clock.now)
  const seen = await Promise.all([governor, province, county, elsewhere].map(async (member) => (await leadsOf(people(member))).length))
  expect(seen).toEqual([1, 1, 0, 0])
  for (const member of [office, await make.owner(db), await make.agency(db), await make.operator(db)]) await expect(findLeads(people(member))).rejects.toMatchObject({ code: 'accounts.not-allowed' })
  await expect(findLeads(context())).rejects.toMatchObject({ code: 'accounts.sign-in-first' })
})
