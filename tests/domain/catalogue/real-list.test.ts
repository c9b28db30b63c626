import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { usableBases } from '#app/domain/catalogue/basis.ts'
import { factsOf } from '#app/domain/catalogue/condition.ts'
import { headlineOf, isDemandable } from '#app/domain/catalogue/demandability.ts'
import type { Category } from '#app/domain/catalogue/category.ts'
import { ListingWording } from '#app/domain/catalogue/listing.ts'
import { isFactKey, REGIONAL_ASSESSMENTS } from '#app/domain/projects/project-facts.ts'
import { basesIn, basisTypeOf } from '#db/seeds/bases.ts'
import { approvalItemsOf, categoriesOf, type ApprovalItemFact } from '#db/seeds/reference.ts'
import { realWordings, sampleWordings, type AuditedEntry, type RealEntry, type Synonym } from '#db/seeds/wordings.ts'
import { sharedData } from '#tests/support/shared-data.ts'

const read = <T>(file: string) => JSON.parse(readFileSync(new URL(`../../../db/seeds/data/${file}`, import.meta.url), 'utf8')) as T
const REAL = read<RealEntry[]>('catalogue-real.json')
const AUDIT = read<AuditedEntry[]>('catalogue-audit.json')
const known = { divisionCode: '220100', items: approvalItemsOf(read<ApprovalItemFact[]>('approval-items.json')), synonyms: read<Synonym[]>('synonyms.json') }
const all = realWordings(REAL, AUDIT, known)
const CATEGORIES: Category[] = categoriesOf(read('categories.json'))
const SAMPLES = sampleWordings(CATEGORIES, known, '2023-01-01')
const inForce = (wording: ListingWording) => ({ ...wording, inForceFrom: '2023-01-01', inForceUntil: null })
const demandable = all.filter(({ wording }) => isDemandable(headlineOf(inForce(wording), '2026-11-22'))).map(({ wording }) => wording)

test('of the 49 real entries exactly six may be demanded, and four of those the applicant may write itself', () => {
  expect(all).toHaveLength(49)
  expect(demandable.map(({ code }) => code)).toEqual(['R01', 'R02', 'R03', 'R04', 'R05', 'R07'])
  expect(demandable.filter(({ rules }) => rules.selfPrepare).map(({ code }) => code)).toEqual(['R01', 'R02', 'R03', 'R04'])
})

test('those six are the ones in which our reading of the laws found a basis', () => {
  expect(all.filter((_, at) => AUDIT[at]?.status === 'basis-present').map(({ wording }) => wording)).toEqual(demandable)
})

test('what a source does not give stays unsaid', () => {
  for (const [at, { wording }] of all.entries()) {
    const source = REAL[at]!
    const { details, rules } = wording
    expect(details).toMatchObject({ department: source.department, approvalItem: source.approvalItem, legalBasis: source.legalBasis, feeBasis: source.feeBasis, qualification: source.qualification, sample: false })
    expect(details.timeLimit === null).toBe(source.timeLimitDays === null && source.timeLimitText === undefined)
    if (source.legalBasis === null) expect(rules.bases).toEqual([])
    if (source.approvalItem === null) expect(wording.approvalItems).toEqual([])
  }
})

test('every basis of ours is a text that the source itself names', () => {
  for (const [at, { wording }] of all.entries()) {
    for (const { title, articles } of wording.rules.bases) {
      const words = title.replace(/（[^（）]*(号|试行)）?.*$/, '').replace(/^《|》.*$/g, '')
      expect(REAL[at]!.legalBasis).toContain(words)
      if (articles) expect(REAL[at]!.legalBasis).toContain(articles)
    }
  }
})

test('what was repealed stands in the retired first list and nothing else does', () => {
  const repealed = AUDIT.flatMap(({ status }, at) => (/repealed/.test(status) ? [`R${String(at + 1).padStart(2, '0')}`] : []))
  expect(all.filter(({ retired }) => retired).map(({ wording }) => wording.code)).toEqual(repealed)
  expect(repealed).toEqual(['R06', 'R11', 'R22', 'R43'])
})

test('what is outside construction is listed with its verdict and never demandable', () => {
  const outside = all.filter(({ wording }) => ['out-of-scope', 'not-construction'].includes(wording.details.audit!.status))
  expect(outside).toHaveLength(5)
  expect(outside.every(({ wording }) => wording.nature === 'market')).toBe(true)
})

test('every kind of service has a sample listing that says what it is, and so has the expert review that an office pays', () => {
  expect(SAMPLES).toHaveLength(80)
  expect(SAMPLES.every(({ details }) => details.sample && /示例数据/.test(details.sourceTitle ?? ''))).toBe(true)
  expect(SAMPLES.find(({ code }) => code === 'S9001')).toMatchObject({ nature: 'authority-commissioned', rules: { commissioner: 'authority' } })
  expect(SAMPLES.find(({ code }) => code === 'S1403')).toMatchObject({ nature: 'market', rules: { bases: [] } })
})

test('a sample is statutory only where its approval item names something that carries it', () => {
  for (const { nature, rules } of SAMPLES) {
    if (nature === 'statutory') expect(usableBases(rules.bases, '2026-11-22').length).toBeGreaterThan(0)
    if (nature === 'market') expect(rules.bases).toEqual([])
  }
})

test('every wording is whole, with a code and a material of its own, and asks only facts that a project can state', () => {
  const wordings = [...all.map(({ wording }) => wording), ...SAMPLES]
  for (const wording of wordings) {
    ListingWording.parse(wording)
    if (wording.rules.appliesWhen) expect(factsOf(wording.rules.appliesWhen).filter((fact) => !isFactKey(fact))).toEqual([])
    if (wording.rules.regionalAssessment) expect(REGIONAL_ASSESSMENTS).toContain(wording.rules.regionalAssessment)
  }
  expect(new Set(wordings.map(({ code }) => code)).size).toBe(wordings.length)
  const materials = wordings.flatMap(({ rules }) => rules.material?.code ?? [])
  expect(new Set(materials).size).toBe(materials.length)
})

test.each([
  ['《水土保持法》第二十五条、第二十六条', [['law', '水土保持法', '第二十五条、第二十六条']]],
  ['《文物保护法》（2024）第二十八条', [['law', '文物保护法（2024）', '第二十八条']]],
  ['《企业投资项目核准和备案管理条例》第十三条（收到全部信息即为备案）', [['administrative-regulation', '企业投资项目核准和备案管理条例', '第十三条']]],
  ['国务院决定（第412号令）第101项', [['state-council-decision', '国务院对确需保留的行政审批项目设定行政许可的决定（国务院令第412号令）', '第101项']]],
  ['地方性法规', []],
  ['国办发〔2019〕11号', []],
  [null, []],
] as const)('the words of a basis, %s, are read by what they name', (words, expected) => {
  expect(basesIn(words).map(({ type, title, articles }) => [type, title, articles])).toEqual(expected)
})

test('a text is ranked by its name', () => {
  expect(['中华人民共和国城乡规划法', '安徽省城乡规划条例', '教师资格条例', '固定资产投资项目节能审查办法', '关于印发工程设计资质标准的通知'].map(basisTypeOf)).toEqual([
    'law', 'local-regulation', 'administrative-regulation', 'ministerial-rule', 'normative-document',
  ])
})

test('the seed is the collected data, unchanged', () => {
  for (const file of ['catalogue-real.json', 'catalogue-audit.json', 'approval-items.json', 'categories.json', 'qualifications.json', 'synonyms.json']) {
    const collected = sharedData(file)
    if (collected) expect(read(file)).toEqual(collected)
  }
})
