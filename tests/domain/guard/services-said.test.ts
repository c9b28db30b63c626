import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ListingRules } from '#app/domain/catalogue/listing.ts'
import type { KnownListing } from '#app/domain/guard/meant-service.ts'
import { readerOf, servicesSaid, unlistedPaper } from '#app/domain/guard/services-said.ts'
import { aListing } from './given.ts'

const known = (code: string, name: string, rules: Partial<ListingRules> = {}): KnownListing => ({ code, name, aliases: [], serves: false, rules: { ...aListing().rules, material: null, ...rules } })
const LIST = [known('S1', '水土保持方案编制', { material: { code: 'M-S1', name: '水土保持方案报告书' } }), known('S2', '防洪影响评价报告'), known('S3', '项目申请报告编制'), known('S4', '核准类项目申请报告编制', { material: { code: 'M-S4', name: '项目申请报告' } })]
const READER = readerOf(LIST)
const said = (text: string, isAsking = false) => servicesSaid(text, { reader: READER, isAsking }).map(({ words, services }) => `${words}=${services.join('+')}`)

test.each([
  ['请补充水土保持方案', ['水土保持方案=S1']],
  ['缺防洪影响评价报告，请尽快补正。', ['防洪影响评价报告=S2']],
  ['请补充水 土 保 持 方 案', ['水土保持方案=S1']],
  ['请提交项目申请报告原件', ['项目申请报告=S3+S4']],
  ['还需进行雷电灾害风险评估', ['雷电灾害风险评估=']],
  ['缺社会稳定风险评估报告和交通影响评价。', ['社会稳定风险评估报告=', '交通影响评价=']],
  ['请委托有资质的第三方机构出具检测报告后受理', ['委托有资质的第三方机构=', '检测报告=']],
  ['请到市规划设计院办理', ['到市规划设计院=']],
  ['请委托宏达公司编制水土保持方案', ['委托宏达公司=', '水土保持方案=S1']],
  ['材料收到。须先做防洪影响评价报告', ['防洪影响评价报告=S2']],
])('%s asks for %j', (text, found) => {
  expect(said(text)).toEqual(found)
})

test.each([
  '材料齐全，予以受理。', '现场勘察完成，专家评审通过。', '转专家论证', '无需提供防洪影响评价报告', '已收到水土保持方案报告书，请补充用地红线图', '请补充营业执照复印件、授权委托书', '水土保持方案审批申请表未盖章', '请提供水土保持方案批复',
  '补正通知书已送达，请在五日内补正', '请补充情况报告', '请到政务服务中心窗口领取', '请按专家意见修改设计方案', '可自行编制，也可委托有关机构编制', '我局已委托第三方机构开展技术评审，时限不计', '不得要求申请人提供雷电灾害风险评估', '',
])('%s asks for nothing', (text) => {
  expect(said(text)).toEqual([])
})

test('what only mentions a paper asks for it where the place of the text does, and not elsewhere', () => {
  expect([said('水土保持方案报告书第三章数据有误'), said('水土保持方案报告书第三章数据有误', true)]).toEqual([[], ['水土保持方案报告书=S1']])
})

test('a document’s name is an agency’s work where no listing is called so, and anybody’s own paper otherwise', () => {
  expect(['社会稳定风险评估报告', '地质勘察报告（原件）', '工程测量成果'].map((name) => unlistedPaper(name, READER))).toEqual([[{ words: '社会稳定风险评估报告', services: [] }], [{ words: '地质勘察报告（原件）', services: [] }], [{ words: '工程测量成果', services: [] }]])
  for (const name of ['申请表', '图纸', '设计方案', '竣工验收报告', '节能审查意见', '防洪影响评价报告', '水土保持方案', '身份证明']) expect(unlistedPaper(name, READER), name).toEqual([])
})

test('whatever is written is read, in no more words than stand in it, each once', () => {
  const phrase = fc.constantFrom('请', '补充', '水土保持方案', '，', '。', '和', '委托', '公司', '评估', '报告', '无需', '（', '\n', 'x', '|')
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(phrase, { maxLength: 30 }).map((parts) => parts.join(''))), fc.boolean(), (text, isAsking) => {
      const words = servicesSaid(text, { reader: READER, isAsking }).map((one) => one.words)
      expect(new Set(words).size).toBe(words.length)
      expect(words.every((each) => each.length > 0 && each.length <= text.normalize('NFKC').length)).toBe(true)
    }),
    { numRuns: 300 },
  )
})
