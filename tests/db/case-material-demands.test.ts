import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import { showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { keepMaterial, openCase } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { upholdDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import type { Asked } from '#app/domain/notices/message-params.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { testApart as test } from '#tests/support/database.ts'
import { listed, makeProjectCode, naturalPerson, project, regulator } from '#tests/support/factories.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { REASON, say } from '#tests/support/inquiries.ts'
import { queriesOf } from '#tests/support/queries.ts'
import { contextsOf } from '#tests/support/tenders.ts'
import { aListing, type ListingGiven } from '#tests/domain/guard/given.ts'

test('a document demanded in a case is what the case calls so, and only then what the list calls so', async ({ database, context }) => {
  const { machine, applicant, number } = await ground(database, context)
  const [mine, others] = [aListing({ id: randomUUID(), code: 'IN-CASE-1' }), aListing({ id: randomUUID(), code: 'IN-CASE-2' })]
  for (const [listing, code] of [[mine, 'ELSEWHERE'], [others, 'M1']] as const) await listed(database.owner, { ...listing, rules: { ...listing.rules, material: { code, name: `材料${code}` } } })
  await putCase(machine, { number, input: aCase(applicant, { materials: [{ code: 'M1', name: '初步设计', source: 'service', service: 'IN-CASE-1' }] }), say, idempotency: once() })
  const itemOf = async (material: string, of = number) => (JSON.parse((await decideInCase(machine, { number: of, demand: CaseDemandInput.parse({ demanded: { material }, demandedOn: '2026-01-05' }), say, idempotency: once() })).body) as Decision).listing?.item
  expect([await itemOf('M1'), await itemOf('ELSEWHERE'), await itemOf('NOWHERE')]).toEqual(['IN-CASE-1', 'IN-CASE-1', undefined])
  await putCase(machine, { number: `${number}-2`, input: aCase(applicant, { materials: [{ code: 'M1', name: '申请书' }] }), say, idempotency: once() })
  expect(await itemOf('M1', `${number}-2`)).toBe('IN-CASE-2')
})

const MATERIALS = [
  { code: 'M1', name: '图纸', source: 'service', service: 'JUDGED-OK' },
  { code: 'M2', name: '防汛说明材料', source: 'service', service: 'JUDGED-MARKET' },
  { code: 'M3', name: '技术审查意见', source: 'service', service: 'JUDGED-OFFICE' },
  { code: 'M4', name: '别的事项的报告', source: 'service', service: 'JUDGED-OTHER' },
  { code: 'M5', name: '自愿带来的报告', source: 'service', service: 'JUDGED-BROUGHT', state: 'submitted' },
  { code: 'M6', name: '林地采伐区域测量报告' },
]

async function listAll(db: Knex) {
  const given: Record<string, ListingGiven> = { 'JUDGED-OK': {}, 'JUDGED-MARKET': { nature: 'market' }, 'JUDGED-OFFICE': { nature: 'authority-commissioned' }, 'JUDGED-OTHER': { approvalItems: ['A12'] }, 'JUDGED-BROUGHT': { nature: 'market' }, 'JUDGED-FACTS': { rules: { appliesWhen: { fact: 'site.hazardZone', is: true } } } }
  for (const [code, more] of Object.entries(given)) await listed(db, aListing({ id: randomUUID(), code, name: code, ...more }))
}

test('from the day after its end on nothing more is asked for in a case, nor turned away; what was said before may stand and be brought', async ({ database, context, clock }) => {
  await listAll(database.owner)
  const people = contextsOf(context)
  const { machine, office, applicant, number } = await ground(database, context)
  const [ok, own] = [{ code: 'M1', name: '图纸', source: 'service', service: 'JUDGED-OK' }, { code: 'M2', name: '申请书' }]
  const at = new Date(clock.now.getTime())
  const states = [{ state: 1, at: '2026-01-04T09:00:00+08:00' }, { state: 3, at: '2026-01-04T10:00:00+08:00' }, { state: 12, at: at.toISOString(), note: '容缺' }]
  const write = (materials: unknown[], more = states) => putCase(machine, { number, say, input: aCase(applicant, { materials, states: more }), idempotency: once() })
  await write([ok])
  // On the day of its end its documents to follow may still be named.
  await write([ok, own])
  clock.advance(24 * 3600_000)
  const brought = { ...ok, state: 'submitted' }
  await write([brought, own])
  for (const asked of [{ ...own, code: 'M3' }, { ...own, state: 'turned-away', reason: '不全' }, { ...ok, code: 'M4', service: 'JUDGED-BROUGHT' }]) await expect(write([brought, asked])).rejects.toMatchObject({ code: 'cases.asked-after-end', field: 'materials.1.state' })
  const { id } = (await showOwnCase(machine, number)).case
  const material = { code: 'M5', name: '又一份', source: 'applicant', listingCode: null, sharedFrom: null, state: 'lacking', reason: '' } as const
  await expect(keepMaterial(people(office), { id, material, say })).rejects.toMatchObject({ code: 'cases.asked-after-end', field: 'materialState' })
  await keepMaterial(people(office), { id, material: { ...material, state: 'submitted' }, say })
  // Where the end is taken back, it is asked for as in any case that runs; a case first told of when it is over is taken as it was.
  await write([ok, { ...own, code: 'M3' }], states.slice(0, 2))
  await putCase(machine, { number: `${number}-旧`, say, input: aCase(applicant, { materials: [ok, own], states }), idempotency: once() })
})

test('what a case lists as lacking is a demand: each service is judged once, and the office, its applicant and the regulator are told what may not be asked', async ({ database, context, clock }) => {
  const db = database.owner
  await listAll(db)
  const people = contextsOf(context)
  const { machine, office, applicant, number } = await ground(database, context)
  const governor = await regulator(db)
  const CODE = makeProjectCode()
  const write = async (more: Record<string, unknown> = {}) => JSON.parse((await putCase(machine, { number, say, input: aCase(applicant, { projectCode: CODE, materials: MATERIALS, ...more }), idempotency: once() })).body) as { materials: { code: string; guard: { decision: string; verdict: string; reasons: { code: string }[] } | null }[] }
  const first = await write()
  const said = Object.fromEntries(first.materials.map(({ code, guard }) => [code, guard && [guard.verdict, ...guard.reasons.map((reason) => reason.code)]]))
  expect(said).toEqual({ M1: ['allowed'], M2: ['refused', 'voluntary-only'], M3: ['refused', 'wrong-commissioner'], M4: ['refused', 'not-for-this-approval-item'], M5: null, M6: null })
  const { services } = await showOwnCase(machine, number)
  expect(services.map(({ milestone }) => milestone)).toEqual(['to-open', 'not-demandable', 'not-demandable', 'not-demandable', 'by-itself'])

  clock.advance(60_000)
  // The case again, as it is and moved on, is no second demand; a document more is one more.
  expect((await write()).materials).toEqual(first.materials)
  expect((await write({ states: [{ state: 1, at: '2026-01-04T09:00:00+08:00' }, { state: 6, at: '2026-01-04T10:00:00+08:00' }] })).materials).toEqual(first.materials)
  expect(await db('guard_decisions').where({ case_number: number }).count({ n: '*' })).toEqual([{ n: 4 }])
  clock.advance(60_000)
  await keepMaterial(people(office), { id: (await showOwnCase(machine, number)).case.id, material: { code: 'M7', name: '又一份', source: 'service', listingCode: 'JUDGED-BROUGHT', sharedFrom: null, state: 'turned-away', reason: '不全' }, say })
  expect(await db('guard_decisions').where({ case_number: number }).orderBy('ordinal').pluck('verdict')).toEqual(['allowed', 'refused', 'refused', 'refused', 'refused'])

  await deliverAll(people(office))
  const { messages } = await findMessages(as(people, applicant), {})
  expect(messages.map(({ kind, params }) => [kind, ...(['lacking', 'turnedAway', 'undemandable'] as const).map((each) => (params as Asked)[each])])).toEqual([['case-materials', undefined, 1, 1], ['case-changed', undefined, undefined, undefined], ['case-registered', 5, undefined, 3]])
  for (const [member, kind] of [[governor, 'demand-refused'], [office, 'own-demand-refused']] as const) expect(await kindsOf(as(people, member))).toEqual([kind, kind, kind, kind])

  // It is a demand like any other: kept up it is a lead.
  await upholdDemand(people(office), { decision: first.materials[1]!.guard!.decision, reason: REASON })
  expect((await findLeads(people(governor))).items.filter(({ kind }) => kind === 'demand-upheld')).toMatchObject([{ params: { service: 'JUDGED-MARKET' } }])
})

test('what waits for facts is judged anew once they are known, and not told again before', async ({ database, context, clock }) => {
  const db = database.owner
  await listAll(db)
  const people = contextsOf(context)
  const { machine, office, applicant, number } = await ground(database, context)
  const { code: projectCode } = await project(db, applicant)
  const write = async () => (JSON.parse((await putCase(machine, { number, say, input: aCase(applicant, { projectCode, materials: [{ code: 'M1', name: '评估报告', source: 'service', service: 'JUDGED-FACTS' }] }), idempotency: once() })).body) as { materials: { guard: { verdict: string } }[] }).materials[0]!.guard.verdict
  const count = () => db('guard_decisions').where({ case_number: number }).count({ n: '*' })
  expect([await write(), await write(), await count()]).toEqual(['needs-facts', 'needs-facts', [{ n: 1 }]])
  expect((await showOwnCase(machine, number)).services[0]!.milestone).toBe('to-open')
  await db('projects').where({ code: projectCode }).update({ facts: JSON.stringify({ 'site.hazardZone': false }), facts_stated_at: clock.now })
  clock.advance(60_000)
  expect([await write(), await write(), await count()]).toEqual(['refused', 'refused', [{ n: 2 }]])
  await deliverAll(people(office))
  // The case said nothing new, so the answer is told by itself.
  expect(await kindsOf(as(people, applicant))).toEqual(['demand-decided', 'case-registered'])
})

test('a case with many services is judged by one read', async ({ database, context }) => {
  const { machine, applicant } = await ground(database, context)
  const codes = Array.from({ length: 20 }, (_, place) => `MANY-${place}`)
  for (const code of codes) await listed(database.owner, aListing({ id: randomUUID(), code }))
  const reads = async (number: string, of: string[]) =>
    (await queriesOf(machine.db, () => putCase(machine, { number, say, input: aCase(applicant, { materials: of.map((service) => ({ code: service, name: service, source: 'service', service })) }), idempotency: once() }))).filter((sql) => sql.includes('with attempt'))
  const [one, many] = [await reads('AJ-ONE', codes.slice(0, 1)), await reads('AJ-MANY', codes)]
  expect([one.length, many.length]).toEqual([1, 1])
  expect((await showOwnCase(machine, 'AJ-MANY')).services.map(({ guard }) => guard?.verdict)).toEqual(codes.map(() => 'allowed'))
})

test('a person who applies under their own name hears of their case', async ({ database, context }) => {
  const people = contextsOf(context)
  const { office } = await ground(database, context)
  const [person, namesake] = [await naturalPerson(database.owner), await naturalPerson(database.owner)]
  const { code: projectCode } = await project(database.owner, person)
  await openCase(people(office), { number: 'AJ-PERSON', projectCode, approvalItem: 'A01', flowType: 'renovation', applicantUscc: null, applicantName: person.organisationName, statutoryDays: 20, promisedDays: null, say })
  await deliverAll(people(office))
  expect([await kindsOf(as(people, person)), await kindsOf(as(people, namesake))]).toEqual([['case-registered'], []])
})
