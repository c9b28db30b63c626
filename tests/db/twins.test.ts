import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { showCase } from '#app/domain/cases/show-case.server.ts'
import { acceptResult } from '#app/domain/contracts/answer-result.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { beginProposal, putRetirement, putWording } from '#app/domain/governance/draft-proposal.server.ts'
import { propose } from '#app/domain/governance/propose.server.ts'
import { showDraftProposal, showGoverned } from '#app/domain/governance/show-proposal.server.ts'
import { withdrawProposal } from '#app/domain/governance/withdraw-proposal.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { aListing } from '#tests/domain/guard/given.ts'
import { aCaseFor, boundTender, contracted } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import { authority, CHANGCHUN, listed, project } from '#tests/support/factories.ts'
import { ABOUT, entry, regulators } from '#tests/support/governed.ts'
import { say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

test('a result bought under one entry answers a demand under its twin, is counted in the case and shown before anybody buys again', async ({ database, context, clock }) => {
  const db = database.owner
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { number, winner, owner: buyer, tender: { projectCode } } = stage
  await db('listings').where({ id: stage.listing.id }).update({ name: '星际航行论证报告', rules: db.raw(`rules || '{"validYears": 5}'`) })
  const twin = aListing({ id: randomUUID(), code: 'TWIN-1', name: '星际航行论证报告编制', divisionCode: CHANGCHUN })
  await listed(db, twin)
  await listed(db, aListing({ id: randomUUID(), code: 'OTHER-1', name: '星际航行论证报告表编制', divisionCode: CHANGCHUN }))
  const office = await authority(db)
  const { id: caseId } = await aCaseFor(db, stage, office, { tied: false })
  await db('case_materials').where({ case_id: caseId }).update({ listing_code: twin.code })
  await db('cases').where({ id: caseId }).update({ applicant_uscc: buyer.uscc })
  const demanded = async (item: string, more: object = {}) => JSON.parse((await decide(context(office), { demand: DemandInput.parse({ caseNumber: null, projectCode, authority: office.uscc, approvalItem: 'A01', demanded: { item }, demandedOn: dayOf(clock.now), ...more }), say })).body) as Decision
  const service = async () => (await showCase({ ...make(buyer), actor: buyer }, caseId)).services[0]!
  const before = dayOf(clock.now)
  expect((await demanded(twin.code)).verdict).toBe('allowed')
  expect(await service()).toMatchObject({ milestone: 'to-open', onFile: null })

  await contracted(make, clock, stage)
  clock.advance(24 * 3_600_000)
  const { id } = await deliverResult(make(winner), { number, name: '论证报告', document: null, handover: '收据 2026-17，李某某签收，当日。' })
  expect((await service()).milestone).toBe('to-open')
  await acceptResult(make(buyer), { number, id })
  const { valid_until: until } = await db('deliverables').where({ id }).first('valid_until')
  expect(await demanded(twin.code)).toMatchObject({ verdict: 'refused', reasons: [{ code: 'valid-deliverable-on-file', params: { until, code: stage.listing.code, name: '星际航行论证报告' } }] })
  // Neither a day before it was there, nor another project, nor what is only alike is answered by it.
  expect((await demanded(twin.code, { demandedOn: before })).verdict).toBe('allowed')
  expect((await demanded(twin.code, { projectCode: (await project(db, buyer)).code })).verdict).toBe('allowed')
  expect((await demanded('OTHER-1')).verdict).toBe('allowed')
  expect(await service()).toMatchObject({ milestone: 'on-file', onFile: { id, number, validUntil: until, service: { code: stage.listing.code, name: '星际航行论证报告' } } })
  const onFile = async (item: string) => (await prepareTender({ ...make(buyer), actor: buyer }, { projectCode, listingCode: item })).onFile.map((one) => one.id)
  expect([await onFile(twin.code), await onFile(stage.listing.code), await onFile('OTHER-1')]).toEqual([[id], [id], []])

  // The entry may have left the list meanwhile; what was bought under it is still known by its name.
  await db('listings').where({ id: stage.listing.id }).update({ in_force_until: addDays(dayOf(clock.now), -1) })
  expect(await demanded(twin.code)).toMatchObject({ verdict: 'refused', reasons: [{ params: { code: stage.listing.code } }] })
  clock.set(new Date(`${until}T01:00:00Z`))
  expect((await demanded(twin.code)).verdict).toBe('allowed')
  expect(await service()).toMatchObject({ milestone: 'to-open', onFile: null })
})

test('a regulator who proposes what the list says under another code is warned, and may propose it all the same', async ({ database, context }) => {
  const { manager } = await regulators(database)
  await listed(database.owner, aListing({ id: randomUUID(), code: 'STANDS-1', name: '树木移植方案', categoryCode: null, divisionCode: CHANGCHUN }))
  const as = context(manager)
  const { id } = await beginProposal(as, ABOUT)
  await putWording(as, { id, form: entry({ code: 'NEW-1' }) })
  const twins = async () => (await showDraftProposal(as, id)).entries.map((one) => one.twins.filter(({ code }) => code === 'STANDS-1'))
  expect(await twins()).toEqual([[{ code: 'STANDS-1', name: '树木移植方案', by: 'name' }]])
  // Whoever takes the other off the list in the same proposal says it once.
  await putRetirement(as, { id, code: 'STANDS-1', reason: '改用新的编码' })
  expect(await twins()).toEqual([[], []])
  expect((await propose(as, { id, urgentReason: null })).number).toMatch(/\d/)
})

test('those who give an opinion and who adopt are warned as whoever drafted was, until it has come to an end', async ({ database, context }) => {
  const { manager, colleagues: [reviewer] } = await regulators(database)
  const db = database.owner
  await listed(db, aListing({ id: randomUUID(), code: 'STANDS-2', name: '驿站照明方案', categoryCode: null, divisionCode: CHANGCHUN }))
  const as = context(manager)
  const { id } = await beginProposal(as, ABOUT)
  await putWording(as, { id, form: { ...entry({ code: 'NEW-2' }), name: '驿站照明方案编制' } })
  await putWording(as, { id, form: { ...entry({ code: 'NEW-3' }), name: '别无此名的方案' } })
  const { number } = await propose(as, { id, urgentReason: null })
  const seen = async (member: Member) => (await showGoverned(context(member), { number })).twins.map(({ code, name, twins }) => [code, name, twins.filter((one) => one.code === 'STANDS-2')])
  const warned = [['NEW-2', '驿站照明方案编制', [{ code: 'STANDS-2', name: '驿站照明方案', by: 'name' }]]]
  expect([await seen(reviewer!), await seen(manager)]).toEqual([warned, warned])
  await withdrawProposal(as, { number, reason: '改用已有的编码。' })
  expect(await seen(manager)).toEqual([])
})
