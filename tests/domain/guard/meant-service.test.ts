import { expect, test } from 'vitest'
import type { ListingRules } from '#app/domain/catalogue/listing.ts'
import { meantService, type KnownListing } from '#app/domain/guard/meant-service.ts'
import { aListing } from './given.ts'

const known = (code: string, name: string, rules: Partial<ListingRules> = {}, aliases: string[] = []): KnownListing => ({ code, name, aliases, serves: false, rules: { ...aListing().rules, material: null, ...rules } })
const LIST = [
  known('S1', '水土保持方案编制', { material: { code: 'M-S1', name: '水土保持方案报告书' } }, ['水保方案']),
  known('S2', '防洪影响评价'),
  known('S3', '水保设施竣工验收报告编制'),
  known('R1', '水土保持方案报告书'),
  known('S4', '专家评审意见编制'),
]
const own = (name: string, code = 'M1') => ({ code, name, listingCode: null })

test.each([
  ['防洪影响评价', 'S2', true],
  ['防洪影响评价（原件）', 'S2', true],
  ['防洪影响评价文件', 'S2', false],
  ['水保方案', 'S1', true],
  ['建设专家评审意见', 'S4', false],
])('an own document called %s means %s', (name, service, isExact) => {
  expect(meantService(own(name), LIST)).toEqual({ service, isExact })
})

test.each(['申请表', '水土保持方案审批申请表', '水土保持方案批复', '防洪影响评价承诺书', '竣工验收报告', '评估报告', '身份证明', '营业执照复印件', '林地采伐区域测量报告', '图纸'])('%s is no output of a service', (name) => {
  expect(meantService(own(name), LIST)).toBeNull()
})

test('a code that is the list’s says which service is meant, and one of the office’s own says nothing', () => {
  expect([meantService(own('材料一', 'S2'), LIST), meantService(own('材料一', 'M-S1'), LIST), meantService(own('材料一', 'M1'), LIST)]).toEqual([{ service: 'S2', isExact: true }, { service: 'S1', isExact: true }, null])
})

test('what was a service’s a moment ago still is under a name that is near, and is not under another', () => {
  const before = { name: '河道专项论证材料', service: 'S9' }
  expect(meantService(own('河道专项论证材料'), LIST, before)).toEqual({ service: 'S9', isExact: true })
  expect(meantService(own('河道专项论证材料（申请人自备）'), LIST, before)).toEqual({ service: 'S9', isExact: true })
  expect(meantService(own('营业执照'), LIST, before)).toBeNull()
})

test.each([
  ['its own service', '水土保持方案报告书', 'S1', null],
  ['the same service under another code', '水土保持方案报告书', 'R1', null],
  ['no service', '图纸', 'S1', null],
  ['another service exactly', '防洪影响评价', 'S1', { service: 'S2', isExact: true }],
  ['another service nearly', '防洪影响评价文件', 'S1', { service: 'S2', isExact: false }],
  ['another service, of one that is on the list no more', '防洪影响评价', 'GONE', null],
])('under a code, a name that means %s', (_, name, listingCode, expected) => {
  expect(meantService({ code: 'M1', name, listingCode }, LIST)).toEqual(expected)
})
