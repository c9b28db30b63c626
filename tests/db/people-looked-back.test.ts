import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Knex } from 'knex'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aTender, contextsOf, sequencerOf, withBidders } from '#tests/support/tenders.ts'

const YEAR = 365 * 86_400_000

async function works(db: Knex, { agencyId, name, licence, until }: { agencyId: string; name: string; licence: string; until: Date | null }): Promise<void> {
  const id = randomUUID()
  const at = new Date('2020-01-05T01:00:00Z')
  await db('agency_practitioners').insert({ id, agency_id: agencyId, name, proof: 'social-insurance', added_at: at, removed_at: until })
  await db('practitioner_licences').insert({ id: randomUUID(), practitioner_id: id, kind: '注册监理工程师', number: licence, added_at: at, removed_at: until })
}

test('people of the last three years are shown before bidding, put nobody out, and are the regulator’s to look at; the years are the division’s', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const members = await withBidders(database, people, stage, 3)
  const db = database.owner
  const [mover, next, namesake] = members.map(({ organisationId }) => organisationId) as [string, string, string]
  await works(db, { agencyId: mover, name: '周工', licence: 'L1', until: new Date(clock.now.getTime() - 2 * YEAR) })
  await works(db, { agencyId: next, name: '周工', licence: 'L1', until: null })
  await db('organisations').where({ id: stage.owner.organisationId }).update({ legal_representative: '郑校长' })
  await works(db, { agencyId: namesake, name: '郑 校长', licence: 'L2', until: new Date(clock.now.getTime() - 4 * YEAR) })
  const asked = async () => (await askEligibility(people(members[2]!), { number: stage.number }))!
  expect((await asked()).behind.people).toEqual([])
  await db('policy_parameters').insert({ division_code: '220100', name: 'peopleLookBackYears', value: JSON.stringify(5), source: 'test', from_on: '2026-01-01' })
  expect(await asked()).toMatchObject({ reasons: [], behind: { people: ['practitioner-person'] } })

  const regulator = await make.regulator(db)
  const leads = async () => (await findLeads(people(regulator), { kind: 'people-shared' })).items
  expect(await leads()).toEqual([])
  clock.set(stage.tender.publication.closesAt)
  expect((await closeTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })).closing).toMatchObject({ eligible: 3, excluded: 0 })
  const [lead] = await leads()
  const { pairs } = lead!.params as { pairs: { one: string; other: string | null; by: string[] }[] }
  expect(pairs.map(({ by }) => by.join()).sort()).toEqual(['practitioner-person', 'same-practitioner'])
  expect(pairs).toContainEqual({ one: members[2]!.organisationName, other: stage.owner.organisationName, by: ['practitioner-person'] })
  // Which people they are is nobody's to read in a list.
  expect(JSON.stringify(lead)).not.toMatch(/周工|郑/)
})

test('the award looks again: who stands too near to the owner by then is passed over and is a lead, and people who came meanwhile are one too', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const members = await withBidders(database, people, stage, 3)
  const db = database.owner
  clock.set(stage.tender.publication.closesAt)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  await db('organisations').where({ id: stage.owner.organisationId }).update({ phone: '043177770000', legal_representative: '郑校长' })
  await db('organisations').where({ id: members[0]!.organisationId }).update({ phone: '0431-77770000' })
  for (const { organisationId } of members.slice(1)) await works(db, { agencyId: organisationId, name: '郑校长', licence: organisationId, until: null })
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  const regulator = await make.regulator(db)
  const [check] = await db('award_checks').where({ tender_id: stage.tender.id })
  expect(check.people).toMatchObject([{ to: null, by: ['practitioner-person'] }])
  const passed = (await findLeads(people(regulator), { kind: 'bidders-conflicted' })).items
  const first = check.passed_over.length === 1
  expect(passed).toMatchObject(first ? [{ params: { count: 1, pairs: [{ one: members[0]!.organisationName, by: ['same-phone'] }] } }] : [])
  expect((await findLeads(people(regulator), { kind: 'people-shared' })).items).toMatchObject([{ params: { count: 1 } }])
})

test('who is put out at the close for a tie to the owner is a lead with its reason', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const members = await withBidders(database, people, stage, 3)
  await database.owner('organisations').where({ id: stage.owner.organisationId }).update({ phone: '043177770000' })
  await database.owner('organisations').where({ id: members[1]!.organisationId }).update({ phone: '0431-77770000' })
  const [regulator, foreign] = [await make.regulator(database.owner), await make.regulator(database.owner, { divisionCode: '220200' })]
  clock.set(stage.tender.publication.closesAt)
  await closeTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })
  expect((await findLeads(people(regulator), { kind: 'bidders-conflicted' })).items).toMatchObject([{ params: { count: 1, pairs: [{ one: members[1]!.organisationName, other: null, by: ['same-phone'] }] } }])
  expect((await findLeads(people(foreign), { kind: 'bidders-conflicted' })).items).toEqual([])
})
