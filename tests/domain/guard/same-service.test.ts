import { expect, test } from 'vitest'
import { answersFor } from '#app/domain/catalogue/same-service.ts'
import { judge } from '#app/domain/guard/guard.ts'
import type { SharedDocument } from '#app/domain/guard/judgement.ts'
import { aDemand, aListing, aService, someFacts } from './given.ts'

const R28 = aService({ code: 'R28', name: '水土保持方案报告书', material: { code: 'M-R28', name: '水土保持方案报告书' } })
const S0701 = aService({ code: 'S0701', name: '水土保持方案报告书编制', material: { code: 'M-S0701', name: '水土保持方案报告书' } })

test.each([
  ['one entry', R28, R28, true],
  ['a name that says 编制 and one that does not', R28, S0701, true],
  ['a name in other signs', aService({ code: 'A', name: '公路（涉路）工程安全评价' }), aService({ code: 'B', name: '公路(涉路)工程安全评价' }), true],
  ['a service and the document that it yields', aService({ code: 'A', name: '防洪评价', material: { code: 'M-A', name: '防洪影响评价报告' } }), aService({ code: 'B', name: '防洪影响评价报告编制' }), true],
  ['one document', aService({ code: 'A', name: '甲', material: { code: 'M-1', name: '甲材料' } }), aService({ code: 'B', name: '乙', material: { code: 'M-1', name: '乙材料' } }), true],
  ['what says that it duplicates the other', aService({ code: 'S0604', name: '节能评估', duplicateOf: 'R04' }), aService({ code: 'R04', name: '节能报告' }), true],
  ['two that duplicate a third', aService({ code: 'R24', name: '甲', duplicateOf: 'R01' }), aService({ code: 'S0103', name: '乙', duplicateOf: 'R01' }), true],
  ['a report and a form', S0701, aService({ code: 'S0702', name: '水土保持方案报告表编制', material: { code: 'M-S0702', name: '水土保持方案报告表' } }), false],
  ['two parts of one combined service', aService({ code: 'S0304', name: '竣工规划测量', mergedInto: 'S0312' }), aService({ code: 'S0305', name: '竣工用地测量', mergedInto: 'S0312' }), false],
  ['two without a document', aService({ code: 'A', name: '甲' }), aService({ code: 'B', name: '乙' }), false],
])('%s: does either answer for the other? %#', (_, one, other, same) => {
  expect([answersFor(one, other), answersFor(other, one)]).toEqual([same, same])
})

test('a combined result answers for its part, and the part not for the whole', () => {
  const [part, whole] = [aService({ code: 'S0304', name: '竣工规划测量', mergedInto: 'S0312' }), aService({ code: 'S0312', name: '竣工联合测绘' })]
  expect([answersFor(whole, part), answersFor(part, whole)]).toEqual([true, false])
})

test.each([
  [aListing({ code: 'S0701', name: S0701.name, rules: { material: S0701.material } }), R28],
  [aListing({ code: 'R28', name: R28.name, rules: { material: R28.material } }), S0701],
])('a demand under $code is answered by the result under its twin, and the answer says where it lies', (listing, service) => {
  const judged = (validUntil: string | null) => judge(aDemand({ demanded: { item: listing.code } }), someFacts({ listing, deliverables: [{ service, validUntil }] }))
  expect(judged('2027-01-01')).toMatchObject({ verdict: 'refused', reasons: [{ code: 'valid-deliverable-on-file', params: { until: '2027-01-01', code: service.code, name: service.name } }], alternatives: expect.arrayContaining(['nothing-needed']) })
  expect(judged('2026-11-20').verdict).toBe('allowed')
})

test('where both are on file, the answer names the one of the same code', () => {
  const listing = aListing({ code: 'S0701', name: S0701.name })
  const reasons = judge(aDemand({ demanded: { item: 'S0701' } }), someFacts({ listing, deliverables: [{ service: R28, validUntil: null }, { service: S0701, validUntil: '2027-01-01' }] })).reasons
  expect(reasons).toMatchObject([{ params: { code: 'S0701', until: '2027-01-01' } }])
})

test.each<[string, SharedDocument, boolean]>([
  ['the document of its service', { code: 'M3', name: '别的叫法', service: S0701 }, true],
  ['the document of a twin', { code: 'M3', name: '别的叫法', service: R28 }, true],
  ['a document of its name', { code: 'M3', name: '水土保持方案报告书', service: null }, true],
  ['a document of its code', { code: 'M-S0701', name: '水保', service: null }, true],
  ['another document', { code: 'M3', name: '项目备案证明', service: null }, false],
])('%s that the case takes over from another answers a demand: %#', (_, document, answers) => {
  const listing = aListing({ code: 'S0701', name: S0701.name, rules: { material: S0701.material } })
  const { verdict, reasons } = judge(aDemand({ demanded: { item: 'S0701' } }), someFacts({ listing, shared: [document] }))
  expect([verdict, reasons.map(({ code, params }) => [code, params['code'], params['shared']])]).toEqual(answers ? ['refused', [['valid-deliverable-on-file', 'S0701', 'yes']]] : ['allowed', []])
})
