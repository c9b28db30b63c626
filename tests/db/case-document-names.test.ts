import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import { showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import { keepMaterial, removeMaterial } from '#app/domain/guard/keep-case.server.ts'
import { meantService } from '#app/domain/guard/meant-service.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { withdrawDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import type { Asked } from '#app/domain/notices/message-params.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { aCase, ground, once, type Machine } from '#tests/support/cases.ts'
import { testApart as test, type MakeContext, type TestDatabase } from '#tests/support/database.ts'
import { listed, makeProjectCode } from '#tests/support/factories.ts'
import { as, deliverAll } from '#tests/support/inbox.ts'
import { REASON, say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'
import type { TestClock } from '#tests/support/clock.ts'
import { aListing, type ListingGiven } from '#tests/domain/guard/given.ts'

type Said = { code: string; means: { code: string } | null; guard: { decision: string; verdict: string; withdrawn: boolean } | null }
const MARKET = '河道行洪专项论证'
const GIVEN: Record<string, ListingGiven> = { 'NAMED-OK': { name: '采砂影响专项分析' }, 'NAMED-MARKET': { name: MARKET, nature: 'market' }, 'NAMED-ITEM': { name: '滑坡治理专项咨询', approvalItems: ['A12'] } }
const material = (name: string, given: Partial<Record<'code' | 'source' | 'service' | 'state' | 'reason', string>> = {}) => ({ code: 'M1', name, ...given })
const service = (code: string, name = '材料', given = {}) => material(name, { source: 'service', service: code, ...given })

async function stage({ database, context, clock }: { database: TestDatabase; context: MakeContext; clock: TestClock }) {
  for (const [code, more] of Object.entries(GIVEN)) await listed(database.owner, aListing({ id: randomUUID(), code, rules: { material: null }, ...more }))
  const { machine, office, applicant, number } = await ground(database, context)
  const projectCode = makeProjectCode()
  const write = async (materials: object[], more: Record<string, unknown> = {}) => {
    clock.advance(60_000)
    return (JSON.parse((await putCase(machine, { number, say, input: aCase(applicant, { projectCode, materials, ...more }), idempotency: once() })).body) as { materials: Said[] }).materials
  }
  return { db: database.owner, people: contextsOf(context), machine, office, applicant, number, write, verdicts: verdictsOf(database.owner, number) }
}
const verdictsOf = (db: Knex, number: string) => () => db('guard_decisions').where({ case_number: number }).orderBy('ordinal').pluck('verdict')
const ofFirst = async (machine: Machine, number: string) => (await showOwnCase(machine, number)).services[0]!.milestone

test('an answer counts for the approval that it was given for: a case that is another approval’s now is judged anew', async ({ database, context, clock }) => {
  const { write, verdicts } = await stage({ database, context, clock })
  const [before] = await write([service('NAMED-ITEM')], { approvalItem: 'A12' })
  const [after] = await write([service('NAMED-ITEM')])
  expect([before!.guard!.verdict, after!.guard!.verdict, await verdicts()]).toEqual(['allowed', 'refused', ['allowed', 'refused']])
  expect((await write([service('NAMED-ITEM')], { approvalItem: 'A12' }))[0]!.guard).toEqual(before!.guard)
})

test('the answer to the demand of the latest day stands, whatever of an earlier day is put on record later', async ({ database, context, clock }) => {
  const { db, write, machine, number } = await stage({ database, context, clock })
  await listed(db, aListing({ id: randomUUID(), code: 'ENDS-TODAY', name: '边坡变形专项观测', inForceUntil: '2026-01-06' }))
  const [first] = await write([])
  expect(first).toBeUndefined()
  clock.advance(24 * 3600_000)
  await listed(db, aListing({ id: randomUUID(), code: 'ENDS-TODAY', name: '边坡变形专项观测', nature: 'market', inForceFrom: '2026-01-06', inForceUntil: null }))
  await write([service('ENDS-TODAY')])
  const back = JSON.parse((await decideInCase(machine, { number, demand: CaseDemandInput.parse({ demanded: { item: 'ENDS-TODAY' }, demandedOn: '2026-01-05' }), say, idempotency: once() })).body) as { verdict: string }
  expect([back.verdict, await ofFirst(machine, number)]).toEqual(['allowed', 'not-demandable'])
})

test('a demand that was taken back does not count: nobody waits for the document, and asked for anew it is judged anew', async ({ database, context, clock }) => {
  const { write, machine, number, office, people, verdicts } = await stage({ database, context, clock })
  const [said] = await write([service('NAMED-MARKET')])
  await withdrawDemand(people(office), { decision: said!.guard!.decision, reason: REASON })
  expect([await ofFirst(machine, number), (await write([service('NAMED-MARKET')], { promisedDays: 5 }))[0]!.guard!.withdrawn, await verdicts()]).toEqual(['withdrawn', true, ['refused']])
  await write([service('NAMED-MARKET', '材料', { state: 'submitted' })])
  const [anew] = await write([service('NAMED-MARKET')])
  expect([anew!.guard!.withdrawn, await verdicts(), await ofFirst(machine, number)]).toEqual([false, ['refused', 'refused'], 'not-demandable'])
})

test('an officer takes a document out of a case, and nobody asks for it any more', async ({ database, context, clock }) => {
  const { write, machine, number, office, people } = await stage({ database, context, clock })
  await write([service('NAMED-MARKET'), { ...material('申请书'), code: 'M2' }])
  const { id } = (await showOwnCase(machine, number)).case
  const after = await removeMaterial(people(office), { id, code: 'M1' })
  expect([after.materials.map(({ code }) => code), (await showOwnCase(machine, number)).answers]).toEqual([['M2'], []])
  await expect(removeMaterial(people(office), { id, code: 'M1' })).rejects.toMatchObject({ code: 'cases.material-gone' })
})

test('its applicant is told of each document that is asked for and may not be, though the guard had answered before', async ({ database, context, clock }) => {
  const { write, office, applicant, people } = await stage({ database, context, clock })
  await write([service('NAMED-MARKET')])
  await write([])
  await write([service('NAMED-MARKET')])
  await write([service('NAMED-MARKET', '材料', { state: 'turned-away', reason: '不全' })])
  await deliverAll(people(office))
  const { messages } = await findMessages(as(people, applicant), {})
  expect(messages.flatMap(({ params }) => { const { lacking, turnedAway, undemandable } = params as Asked; return lacking || turnedAway ? [[lacking, turnedAway, undemandable]] : [] })).toEqual([[undefined, 1, 1], [1, undefined, 1], [1, undefined, 1]])
})

test('a document is judged by what its name means, wherever its office says that it comes from', async ({ database, context, clock }) => {
  const { write, machine, number, verdicts } = await stage({ database, context, clock })
  const [own, form, allowed] = await write([material(`${MARKET}报告`), { ...material(`${MARKET}申请表`), code: 'M2' }, { ...material('采砂影响专项分析'), code: 'M3' }])
  expect([own!.means?.code, own!.guard!.verdict, form!.means, form!.guard, allowed!.guard!.verdict, await verdicts()]).toEqual(['NAMED-MARKET', 'refused', null, null, 'allowed', ['refused', 'allowed']])
  expect((await showOwnCase(machine, number)).services).toEqual([])
})

test('a refused document that the desk calls the applicant’s own stays refused', async ({ database, context, clock }) => {
  const { write, machine, number, office, people, verdicts } = await stage({ database, context, clock })
  await write([service('NAMED-MARKET', '补充材料甲')])
  const { id } = (await showOwnCase(machine, number)).case
  await keepMaterial(people(office), { id, material: { code: 'M1', name: '补充材料甲', source: 'applicant', listingCode: null, sharedFrom: null, state: 'lacking', reason: '' }, say })
  const { answers } = await showOwnCase(machine, number)
  expect([answers.map(({ material: code, answer }) => [code, answer?.verdict]), await verdicts()]).toEqual([[['M1', 'refused']], ['refused']])
})

test('a name that is another service’s than the code is shown, and judged by where it is just that service’s', async ({ database, context, clock }) => {
  const { write } = await stage({ database, context, clock })
  const [just, near] = await write([service('NAMED-OK', MARKET), { ...service('NAMED-OK', `${MARKET}报告`), code: 'M2' }])
  expect([just, near].map((one) => [one!.means?.code, one!.guard!.verdict])).toEqual([['NAMED-MARKET', 'refused'], ['NAMED-MARKET', 'allowed']])
})

test('on the city’s own list no ordinary paper means a service', async ({ database }) => {
  const list = await listCandidates(database.owner, { divisionCode: '220100', on: '2026-11-28', approvalItem: 'A10' })
  const papers = '申请表 审批申请 身份证明 营业执照复印件 授权委托书 承诺书 项目备案证明 可行性研究报告批复 水土保持方案审批申请表 水土保持方案行政许可承诺书 建设项目环境影响评价文件报批申请书 环境影响登记表 施工图审查申请 用地预审与选址申请 用地预审意见 建设工程规划许可证申请表 施工许可申请表 中标通知书 施工合同 设计合同 不动产权证书 节能审查意见 取水许可申请书 消防验收申请表 竣工验收报告 会议纪要 现场照片 财务报表 资质证书'.split(' ')
  expect(list.length).toBeGreaterThan(100)
  expect(papers.filter((name) => meantService({ code: 'M1', name, listingCode: null }, list))).toEqual([])
  expect(['水土保持方案报告书', '社会稳定风险评估报告', '资产评估报告'].map((name) => meantService({ code: 'M1', name, listingCode: null }, list)?.isExact)).toEqual([true, true, true])
})
