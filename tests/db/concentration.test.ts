import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { openInquiry } from '#app/domain/oversight/open-inquiry.server.ts'
import { showInquiry } from '#app/domain/oversight/show-inquiry.server.ts'
import { showPatterns } from '#app/domain/oversight/show-violations.server.ts'
import { aCaseFor, boundTender, contracted, type Bound } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { refusedDemand } from '#tests/support/inquiries.ts'
import { aTender, contextsOf, drawn, withBidders } from '#tests/support/tenders.ts'

test('which share of an authority’s awards one agency won is shown with its counts, and from the policy’s share on it is a lead', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [office, governor] = [await make.authority(db), await make.regulator(db)]
  const owner = await make.owner(db)
  const winners: string[] = []
  for (let n = 0; n < 3; n++) {
    const stage = await aTender(database, people, { by: owner })
    await withBidders(database, people, stage, 3)
    await drawn(database, people, clock, stage)
    const { project_code: project } = await db('tenders').where({ number: stage.number }).first('project_code')
    const { id } = await refusedDemand(people, office, { project })
    await db('guard_decisions').where({ id }).update({ listing_id: stage.listing.id })
    winners.push((await db('standing_awards as award').join('bids', 'bids.id', 'award.bid_id').join('tenders', 'tenders.id', 'award.tender_id').where('tenders.number', stage.number).first('bids.agency_id')).agency_id)
  }
  expect((await findLeads(people(governor), { kind: 'agency-concentrated' })).items).toEqual([])
  expect((await showPatterns(people(governor))).shares).toEqual([])
  // The draw gave three to three; here one of them has won them all.
  await db('bids').whereIn('agency_id', winners).update({ agency_id: winners[0] })
  const [lead] = (await findLeads(people(governor), { kind: 'agency-concentrated' })).items
  expect(lead).toMatchObject({ params: { authority: office.organisationName, count: 3, of: 3, days: 365 } })
  expect((await showPatterns(people(governor))).shares).toMatchObject([{ authority: office.organisationName, count: 3, of: 3 }])
  const { number } = await openInquiry(people(governor), { kind: 'agency-concentrated', key: lead!.key, respondent: office.organisationId, allegation: '请说明三次采购为何都由同一家机构中选。' })
  expect((await showInquiry(people(office), { number })).leadKind).toBe('agency-concentrated')
  clock.advance(366 * 86_400_000)
  expect((await showPatterns(people(governor))).shares).toEqual([])
})

test('what was bought for documents of an authority’s cases counts for it, once with a demand for the same, and a result taken over counts for nobody', async ({ database, context, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const [office, another, governor, owner] = [await make.authority(db), await make.authority(db), await make.regulator(db), await make.owner(db)]
  const bought: Bound[] = []
  for (let n = 0; n < 3; n++) {
    const bound = await boundTender(database, people, clock, { by: owner })
    await aCaseFor(db, bound, office, { at: clock.now })
    bought.push(bound)
  }
  await db('bids').whereIn('agency_id', bought.map(({ winner }) => winner.organisationId)).update({ agency_id: bought[0]!.winner.organisationId })
  const shares = async () => (await showPatterns(people(governor))).shares
  const expected = { authority: office.organisationName, agency: bought[0]!.winner.organisationName, count: 3, of: 3 }
  expect(await shares()).toMatchObject([{ ...expected, delivered: 0 }])
  expect((await findLeads(people(governor), { kind: 'agency-concentrated' })).items).toMatchObject([{ params: { count: 3, of: 3 } }])

  // Returned once and accepted in the second round: still one service.
  const first = bought[0]!
  const contract = await contracted(people, clock, first)
  const { listing_code: listing } = (await db('case_materials').first('listing_code')) as { listing_code: string }
  const { ledger_entry_id: entry } = (await db('contracts').where({ id: contract }).first('ledger_entry_id')) as { ledger_entry_id: string }
  const result = (round: number, given: object) => ({ id: randomUUID(), contract_id: contract, round, listing_code: listing, name: '报告书', handover: '收据一号', project_code: first.tender.projectCode, delivered_at: clock.now, answer_by: new Date(clock.now.getTime() + 86_400_000), ledger_entry_id: entry, ...given })
  await db('deliverables').insert([result(1, { returned_at: clock.now, reasons: '缺少附图' }), result(2, { accepted_at: clock.now })])
  // The same office had asked for it too, and another one takes the result over into a case of its own.
  const { id } = await refusedDemand(people, office, { project: first.tender.projectCode! })
  await db('guard_decisions').where({ id }).update({ listing_id: first.listing.id })
  const { id: held } = await aCaseFor(db, bought[1]!, another, { at: clock.now, tied: false })
  await db('case_materials').where({ case_id: held }).update({ source: 'shared', listing_code: null, shared_from: '案-1' })
  expect(await shares()).toMatchObject([{ ...expected, delivered: 1 }])

  // A regulator of another city sees nothing of it, and an authority that bought for its own case designates nobody.
  const elsewhere = await make.regulator(db, { divisionCode: '130100' })
  expect((await showPatterns(people(elsewhere))).shares).toEqual([])
  await db('cases').where({ authority_id: office.organisationId }).update({ authority_id: owner.organisationId })
  await db('guard_decisions').where({ id }).delete()
  expect(await shares()).toEqual([])
})
