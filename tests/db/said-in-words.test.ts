import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { showCase, showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import { enterState, keepMaterial, recordCaseState, takeBackState } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { openInquiry } from '#app/domain/oversight/open-inquiry.server.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import type { TestClock } from '#tests/support/clock.ts'
import { testApart as test, type MakeContext, type TestDatabase } from '#tests/support/database.ts'
import { as } from '#tests/support/inbox.ts'
import { listed, makeProjectCode, regulator } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'
import { aListing } from '#tests/domain/guard/given.ts'

type Said = { place: string; words: string; service: { code: string } | null }
const SLOPE = '边坡变形专项监测'
const UNLISTED = '客流影响评价报告'
const own = (name: string, more: object = {}) => ({ code: 'M1', name, ...more })

async function stage({ database, context, clock }: { database: TestDatabase; context: MakeContext; clock: TestClock }) {
  const { owner: db } = database
  await listed(db, aListing({ id: randomUUID(), code: 'SAID-SLOPE', name: SLOPE, nature: 'market', rules: { material: null } }))
  const [{ machine, office, applicant, number }, governor, people] = [await ground(database, context), await regulator(db), contextsOf(context)]
  const input = { projectCode: makeProjectCode(), materials: [] as object[] }
  const put = async (more: Record<string, unknown> = {}) => {
    clock.advance(60_000)
    return JSON.parse((await putCase(machine, { number, say, input: aCase(applicant, { ...input, ...more }), idempotency: once() })).body) as { said: Said[] }
  }
  const said = async () => (await showOwnCase(machine, number)).said.map(({ place, words, service }) => `${place} ${words} ${service?.code ?? '-'}`)
  const leads = async () => (await findLeads(people(governor), { kind: 'service-said' })).items.flatMap((lead) => (lead.kind === 'service-said' ? [lead] : []))
  const record = async (state: 6 | 3 | 9, note: string) => {
    clock.advance(60_000)
    await recordCaseState(people(office), { id: (await showOwnCase(machine, number)).case.id, state, note })
  }
  return { db, people, machine, office, applicant, governor, number, put, said, leads, record, id: async () => (await showOwnCase(machine, number)).case.id }
}

test('a note that names a service which is no document of its case is a lead once, shown to all who see the case, and no demand', async ({ database, context, clock }) => {
  const { db, people, office, applicant, governor, put, said, leads, record, id, number } = await stage({ database, context, clock })
  await put()
  await record(6, `请补充${SLOPE}和${UNLISTED}。`)
  expect(await said()).toEqual([`note ${SLOPE} SAID-SLOPE`, `note ${UNLISTED} -`])
  for (const member of [office, applicant, governor]) expect((await showCase(as(people, member), await id())).said).toHaveLength(2)
  expect((await leads()).map(({ params }) => [params.service, params.words, params.place, params.open]).toSorted()).toEqual([[UNLISTED, UNLISTED, 'note', true], [SLOPE, SLOPE, 'note', true]].toSorted())
  expect(await db('guard_decisions').where({ case_number: number })).toEqual([])
  // Said again in the same place it is the same lead; a file is opened of it like of any other, once.
  await put({ promisedDays: 5, states: [{ state: 1, at: '2026-01-04T09:00:00+08:00' }, { state: 6, at: '2026-01-05T09:00:00+08:00', note: `请补充${SLOPE}和${UNLISTED}。` }] })
  expect(await leads()).toHaveLength(2)
  const [first] = await leads()
  await openInquiry(people(governor), { kind: 'service-said', key: first!.key, respondent: office.organisationId, allegation: '说明里要求申请人提交清单外的报告，请说明。' })
  expect(await leads()).toHaveLength(1)
})

test('what has come into the open since is shown no more, and its lead says so: demanded on record, listed as a document, or taken back', async ({ database, context, clock }) => {
  const { people, office, machine, number, put, said, leads, record, id } = await stage({ database, context, clock })
  await put()
  await record(6, `缺${SLOPE}、${UNLISTED}、电磁环境评估`)
  await decideInCase(machine, { number, demand: CaseDemandInput.parse({ demanded: { text: UNLISTED }, demandedOn: '2026-01-05' }), say, idempotency: once() })
  expect(await said()).toEqual([`note ${SLOPE} SAID-SLOPE`, 'note 电磁环境评估 -'])
  await keepMaterial(people(office), { id: await id(), say, material: { code: 'M9', name: SLOPE, source: 'service', listingCode: 'SAID-SLOPE', sharedFrom: null, state: 'lacking', reason: '' } })
  expect(await said()).toEqual(['note 电磁环境评估 -'])
  await takeBackState(people(office), { id: await id(), place: 2, reason: '说明写错了' })
  expect([await said(), (await leads()).map(({ params }) => params.open)]).toEqual([[], [false, false, false]])
})

test('reasons and names of documents are read as notes are; what the case has as a document, what an applicant brings and what is refused nothing by is not', async ({ database, context, clock }) => {
  const { put, said, leads } = await stage({ database, context, clock })
  await put({ materials: [own('图纸', { state: 'turned-away', reason: `须由有资质的第三方机构出具${UNLISTED}` }), { code: 'M2', name: '宿舍噪声检测报告', state: 'lacking' }, { code: 'M3', name: '幕墙光学评估报告', state: 'submitted' }] })
  expect(await said()).toEqual([`reason 由有资质的第三方机构 -`, `reason ${UNLISTED} -`, 'name 宿舍噪声检测报告 -'])
  // Handed in, nobody asks for it; called lacking afterwards, it is asked for.
  await put({ materials: [{ code: 'M2', name: '宿舍噪声检测报告', state: 'submitted' }, { code: 'M3', name: '幕墙光学评估报告', state: 'lacking' }] })
  expect(await said()).toEqual(['name 幕墙光学评估报告 -'])
  expect(await leads()).toHaveLength(4)
  // A note about what the case lists speaks of that document.
  await put({ materials: [{ code: 'M4', name: '材料', source: 'service', service: 'SAID-SLOPE' }], states: [{ state: 1, at: '2026-01-04T09:00:00+08:00', note: `请补充${SLOPE}` }] })
  expect(await said()).toEqual([])
})

test('what a case system tells as an event is read as well, and what was put in says it in the answer', async ({ database, context, clock }) => {
  const { db, machine, number, put, said } = await stage({ database, context, clock })
  await put()
  clock.advance(60_000)
  const { organisationId, uscc, divisionCode } = machine.actor
  await db.transaction((trx) => enterState(trx, machine, { organisationId, uscc, divisionCode }, { number, state: 6, note: `请委托宏达公司编制${UNLISTED}`, at: clock.now, toldAt: clock.now }))
  expect(await said()).toEqual(['note 委托宏达公司 -', `note ${UNLISTED} -`])
  expect((await put({ states: [{ state: 1, at: '2026-01-04T09:00:00+08:00', note: `须提供${SLOPE}` }] })).said).toEqual([{ place: 'note', text: `须提供${SLOPE}`, words: SLOPE, service: { code: 'SAID-SLOPE', name: SLOPE } }])
})
