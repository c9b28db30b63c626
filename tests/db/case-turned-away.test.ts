import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { keepMaterial } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { testApart as test } from '#tests/support/database.ts'
import { listed, makeProjectCode, regulator } from '#tests/support/factories.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { say } from '#tests/support/inquiries.ts'
import { aTender, contextsOf } from '#tests/support/tenders.ts'
import { aListing } from '#tests/domain/guard/given.ts'

test('an own document that a case turns away is a lead, once each time; its applicant hears of it with the case and without the officer’s words', async ({ database, context, clock }) => {
  const db = database.owner
  const people = contextsOf(context)
  const { machine, office, applicant, number } = await ground(database, context)
  const governor = await regulator(db)
  await listed(db, aListing({ id: randomUUID(), code: 'BY-AGENCY' }))
  await listed(db, aListing({ id: randomUUID(), code: 'BY-ONESELF', rules: { selfPrepare: true } }))
  const WORDS = '须由有资质的中介机构编制'
  const away = { state: 'turned-away', reason: WORDS }
  const [shared, projectCode] = [`${number}-0`, makeProjectCode()]
  await putCase(machine, { number: shared, say, input: aCase(applicant, { projectCode, materials: [{ code: 'M4', name: '备案证明', state: 'accepted' }] }), idempotency: once() })
  const write = async (materials: object[]) => {
    clock.advance(60_000)
    await putCase(machine, { number, say, input: aCase(applicant, { projectCode, materials }), idempotency: once() })
  }
  const leads = async () => (await findLeads(people(governor))).items.flatMap(({ kind, params }) => (kind === 'document-turned-away' ? [params] : []))
  const own = { code: 'M1', name: '林地采伐区域测量报告' }
  await write([{ ...own, state: 'submitted' }])
  expect(await leads()).toEqual([])
  // What only an agency may write, and what another case has, is not the applicant's own.
  const all = [{ ...own, ...away }, { code: 'M2', name: '环境影响报告书', source: 'service', service: 'BY-ONESELF', ...away }, { code: 'M3', name: '施工图', source: 'service', service: 'BY-AGENCY', ...away }, { code: 'M4', name: '备案证明', source: 'shared', sharedFrom: shared, ...away }]
  await write(all)
  await write(all)
  expect((await leads()).map((params) => params.material).toSorted()).toEqual(['林地采伐区域测量报告', '环境影响报告书'])
  expect(await db('turned_away_documents').where({ authority_id: office.organisationId }).orderBy('material_code').select('material_code', 'reason', 'told_as', 'account_id')).toMatchObject([{ material_code: 'M1', reason: WORDS, told_as: 'authority', account_id: null }, { material_code: 'M2' }])
  await deliverAll(people(office))
  expect(await kindsOf(as(people, applicant))).toEqual(['case-materials', 'case-registered', 'case-registered'])
  expect((await kindsOf(as(people, governor))).filter((kind) => kind === 'document-turned-away-lead')).toHaveLength(2)
  expect(JSON.stringify(await db('messages').select('params', 'subject'))).not.toContain(WORDS)
  // Handed in again and turned away again, at the desk this time: it happened twice.
  await write([{ ...own, state: 'submitted' }])
  clock.advance(60_000)
  await keepMaterial(people(office), { id: (await showOwnCase(machine, number)).case.id, material: { code: 'M1', name: own.name, source: 'applicant', listingCode: null, sharedFrom: null, state: 'turned-away', reason: WORDS }, say })
  expect(await leads()).toHaveLength(3)
  // Taken in and then called lacking, it is turned away as well, whether a reason is given or not; said again it is no second time.
  await write([{ ...own, state: 'accepted' }])
  for (const reason of ['', WORDS]) await write([{ ...own, state: 'lacking', reason }])
  expect(await leads()).toHaveLength(4)
})

test('bought is what is published and not over: a document with a draft, or with a cancelled purchase, is still the applicant’s own', async ({ database, context, clock }) => {
  const db = database.owner
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const { office, machine, number } = await ground(database, context)
  const of = { code: 'M1', name: '报告书', source: 'service', service: stage.listing.code }
  const write = async (state: string) => {
    clock.advance(60_000)
    await putCase(machine, { number, say, input: aCase(stage.owner, { projectCode: stage.tender.projectCode, materials: [{ ...of, state, reason: '不全' }] }), idempotency: once() })
    return Number((await db('turned_away_documents').where({ authority_id: office.organisationId }).count({ n: '*' }).first())!.n)
  }
  await write('submitted')
  const { id } = (await showOwnCase(machine, number)).case
  await db('case_tenders').insert({ tender_id: stage.tender.id, case_id: id, material_code: 'M1', opened_at: clock.now })
  expect([await write('turned-away'), await write('submitted')]).toEqual([0, 0])
  await cancelTender(people(stage.owner), { number: stage.number, reason: '不再需要这项服务，改由本单位编制。' })
  expect([await write('turned-away'), await write('submitted')]).toEqual([1, 1])
  const { projectCode, title, requirements, serviceDays } = stage.tender
  await draftTender(people(stage.owner), { projectCode, listingCode: stage.listing.code, method: 'random', title, requirements, serviceDays, ceiling: 45_000_00 }, { forCase: { caseId: id, material: 'M1' } })
  expect(await write('lacking')).toBe(2)
})
