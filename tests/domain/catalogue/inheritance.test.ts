import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition } from '#app/domain/catalogue/condition.ts'
import { implies } from '#app/domain/catalogue/implication.ts'
import { INHERITANCE_CODES, inheritanceFaults } from '#app/domain/catalogue/inheritance.ts'
import type { ListingWording } from '#app/domain/catalogue/listing.ts'
import { isCheaper, isShorter } from '#app/domain/catalogue/measure.ts'
import { evaluate } from '#app/domain/guard/conditions.ts'

const UPPER: ListingWording = {
  divisionCode: '220000', code: 'C0101', name: '水土保持方案编制', aliases: ['水保方案', '水保'], categoryCode: '0701', nature: 'statutory', approvalItems: ['A10', 'A60'], stages: ['land-and-planning', 'completion'],
  rules: {
    bases: [{ type: 'law', title: '水土保持法', articles: '第二十五条', repealedOn: null }, { type: 'local-regulation', title: '省条例', articles: null, repealedOn: null }],
    appliesWhen: { all: [{ fact: 'site.areaSquareMetres', atLeast: 5000 }, { fact: 'soil.class', in: ['report', 'form'] }] },
    selfPrepare: null, commissioner: 'authority', material: { code: 'M-1', name: '水土保持方案报告书' }, regionalAssessment: 'soil-and-water', mergedInto: 'C0900', duplicateOf: 'C0901', itemCancelledOn: '2027-01-01', freeDownload: 'https://example.org/form', validYears: 3,
  },
  details: { department: '水利厅', approvalItem: '水土保持方案审批', timeLimit: '20个工作日', feeBasis: '每项 8000 元，超出部分每公顷 100 元', qualification: '甲级', legalBasis: null, sourceTitle: null, sourceUrl: null, audit: null, sample: false },
}
type Rules = Partial<ListingWording['rules']>
type Details = Partial<ListingWording['details']>
const lower = (given: Partial<Omit<ListingWording, 'rules' | 'details'>> = {}, rules: Rules = {}, details: Details = {}): ListingWording => ({ ...UPPER, divisionCode: '220100', ...given, rules: { ...UPPER.rules, ...rules }, details: { ...UPPER.details, ...details } })
const said = (wording: ListingWording, upper = UPPER) => inheritanceFaults(upper, wording).map(({ code, pointer }) => `${code} ${pointer}`)

test.each([
  ['the same', lower()],
  ['a name less', lower({ aliases: ['水保'] })],
  ['an approval item and a stage less', lower({ approvalItems: ['A10'], stages: ['land-and-planning'] })],
  ['the bases in another order', lower({}, { bases: UPPER.rules.bases.toReversed() })],
  ['a higher threshold', lower({}, { appliesWhen: { all: [{ fact: 'site.areaSquareMetres', atLeast: 10_000 }, { fact: 'soil.class', is: 'report' }] } })],
  ['one more condition', lower({}, { appliesWhen: { all: [UPPER.rules.appliesWhen!, { fact: 'site.park', is: false }] } })],
  ['the applicant may write it', lower({}, { selfPrepare: true })],
  ['no document', lower({}, { material: null })],
  ['cancelled earlier', lower({}, { itemCancelledOn: '2026-12-01' })],
  ['good for longer', lower({}, { validYears: 5 })],
  ['good for ever', lower({}, { validYears: null })],
  ['half the time', lower({}, {}, { timeLimit: '10 个工作日' })],
  ['lower sums', lower({}, {}, { feeBasis: '每项 6000 元，超出部分每公顷 100 元' })],
  ['free of charge', lower({}, {}, { feeBasis: '免费' })],
  ['no qualification', lower({}, {}, { qualification: null })],
  ['its own department and source', lower({}, {}, { department: '水务局', sourceTitle: '市清单' })],
])('a lower list may: %s', (_what, wording) => {
  expect(said(wording)).toEqual([])
})

test.each([
  [lower({ code: 'C0102' }), ['same-code /code']],
  [lower({ name: '水土保持报告' }), ['same-name /name']],
  [lower({ nature: 'market' }), ['same-type /nature']],
  [lower({ categoryCode: null }), ['same-type /categoryCode']],
  [lower({}, { bases: [UPPER.rules.bases[0]!] }), ['same-basis /rules/bases']],
  [lower({}, { bases: [...UPPER.rules.bases, { type: 'normative-document', title: '市通知', articles: null, repealedOn: null }] }), ['same-basis /rules/bases/2']],
  [lower({}, { bases: [UPPER.rules.bases[0]!, { ...UPPER.rules.bases[1]!, articles: '第三条' }] }), ['same-basis /rules/bases/1', 'same-basis /rules/bases']],
  [lower({ aliases: ['水保', '水土评估', '水保费'] }), ['no-more-names /aliases/1', 'no-more-names /aliases/2']],
  [lower({ approvalItems: ['A10', 'A01'] }), ['no-more-items /approvalItems/1']],
  [lower({}, {}, { approvalItem: '施工许可' }), ['no-more-items /details/approvalItem']],
  [lower({ stages: ['construction'] }), ['no-more-stages /stages/0']],
  [lower({}, { appliesWhen: null }), ['trigger-not-narrower /rules/appliesWhen']],
  [lower({}, { appliesWhen: { fact: 'site.areaSquareMetres', atLeast: 5000 } }), ['trigger-not-narrower /rules/appliesWhen']],
  [lower({}, { selfPrepare: false }), ['self-prepare-kept /rules/selfPrepare']],
  [lower({}, { commissioner: 'applicant' }), ['office-pays-kept /rules/commissioner']],
  [lower({}, { material: { code: 'M-2', name: '另一份报告' } }), ['no-other-material /rules/material']],
  [lower({}, { regionalAssessment: null }), ['assessment-kept /rules/regionalAssessment']],
  [lower({}, { mergedInto: null, duplicateOf: 'C0999' }), ['merging-kept /rules/mergedInto', 'merging-kept /rules/duplicateOf']],
  [lower({}, { itemCancelledOn: '2028-01-01' }), ['cancellation-kept /rules/itemCancelledOn']],
  [lower({}, { freeDownload: null }), ['download-kept /rules/freeDownload']],
  [lower({}, { validYears: 2 }), ['validity-not-shorter /rules/validYears']],
  [lower({}, {}, { timeLimit: '21个工作日' }), ['time-not-shorter /details/timeLimit']],
  [lower({}, {}, { feeBasis: '每项 8000 元，超出部分每公顷 120 元' }), ['fee-not-lower /details/feeBasis']],
  [lower({}, {}, { qualification: '甲级并有本地业绩' }), ['qualification-added /details/qualification']],
])('a lower list may not, and hears everything at once with its place (%#)', (wording, faults) => {
  expect(said(wording)).toEqual(faults)
})

test('every code of the rule is met by a row of the table above, and the worst wording hears them all', () => {
  const worst = lower({ code: 'X9', name: '别的', nature: 'market', aliases: ['新'], approvalItems: ['A99'], stages: ['construction'] }, { bases: [], appliesWhen: null, selfPrepare: false, commissioner: 'applicant', material: { code: 'X', name: 'Y' }, regionalAssessment: null, mergedInto: null, itemCancelledOn: null, freeDownload: null, validYears: 1 }, { timeLimit: '一个月', feeBasis: '面议', qualification: '特级' })
  expect([...new Set(inheritanceFaults(UPPER, worst).map(({ code }) => code))].sort()).toEqual([...INHERITANCE_CODES].sort())
})

test('where the list above is silent, a lower one may grant and not ask', () => {
  const silent: ListingWording = { ...UPPER, rules: { ...UPPER.rules, selfPrepare: true, regionalAssessment: null, validYears: null, material: null, commissioner: 'applicant' }, details: { ...UPPER.details, timeLimit: null, feeBasis: null, qualification: null, approvalItem: null } }
  const of = (rules: Rules, details: Details = {}) => said({ ...silent, divisionCode: '220100', rules: { ...silent.rules, ...rules }, details: { ...silent.details, ...details } }, silent)
  expect(of({ regionalAssessment: 'flood', commissioner: 'authority' }, { timeLimit: '5日' })).toEqual([])
  expect(of({ validYears: 10, material: { code: 'M', name: '报告' }, selfPrepare: null }, { feeBasis: '1000 元', qualification: '乙级' })).toEqual(['self-prepare-kept /rules/selfPrepare', 'no-other-material /rules/material', 'validity-not-shorter /rules/validYears', 'fee-not-lower /details/feeBasis', 'qualification-added /details/qualification'])
})

test.each([
  ['10个工作日', '20个工作日', true], ['20 个工作日内', '20个工作日', true], ['10日', '10个工作日', false], ['10天', '15日', true], ['当场办结', '5日', false], [null, '5日', false], ['5日', null, true], ['面议', null, false],
])('a time of %s is shown to be at most %s: %s', (mine, theirs, shown) => {
  expect(isShorter(mine, theirs)).toBe(shown)
})

test.each([
  ['免费', '1000元', true], ['900元', '1,000元', true], ['1000元起', '1000元', false], ['按面积 1.2 元', '按面积 1.5 元', true], ['投资额的 0.3%', '投资额的 0.5%', true], ['按合同', '按合同', true], [null, '1000元', false], ['1000元', null, false], ['2 万元', '3 元', false],
])('a fee of %s is shown to be at most %s: %s', (mine, theirs, shown) => {
  expect(isCheaper(mine, theirs)).toBe(shown)
})

const FACTS = ['site.a', 'site.b', 'soil.c']
const VALUES = ['x', 'y', 'z', 1, 5, 9, true, false]
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ fact: fc.constantFrom(...FACTS), is: fc.constantFrom(...VALUES) }),
  fc.record({ fact: fc.constantFrom(...FACTS), in: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }) }),
  fc.record({ fact: fc.constantFrom(...FACTS), atLeast: fc.integer({ min: 0, max: 10 }) }),
)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }), fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) })),
}))
const one = fc.constantFrom(...VALUES)
const facts = fc.record(Object.fromEntries(FACTS.map((fact) => [fact, fc.oneof(one, fc.uniqueArray(one, { maxLength: 3 }))])))
const holds = (of: Condition | null, given: object) => of === null || evaluate(of, given as never).truth === 'met'

test('whatever is shown to narrow a trigger holds nowhere that the wider does not', () => {
  fc.assert(fc.property(condition, condition, facts, (narrow, wide, given) => !implies(narrow, wide) || !holds(narrow, given) || holds(wide, given)), { numRuns: 20_000 })
})

test('a trigger narrows itself, one more condition narrows it, and leaving out a branch does', () => {
  fc.assert(
    fc.property(condition, condition, (of, more) => {
      expect([implies(of, of), implies({ all: [of, more] }, of), implies(of, { any: [more, of] }), implies(of, null), implies(null, of)]).toEqual([true, true, true, true, false])
    }),
    { numRuns: 5000 },
  )
})

test('what is shown goes on: narrower than narrower is narrower', () => {
  fc.assert(fc.property(condition, condition, condition, facts, (a, b, c, given) => !(implies(a, b) && implies(b, c)) || !holds(a, given) || holds(c, given)), { numRuns: 5000 })
})

test('a lower wording that is made of less alone is never refused', () => {
  const less = fc.record({ aliases: fc.subarray(UPPER.aliases), approvalItems: fc.subarray(UPPER.approvalItems), stages: fc.subarray(UPPER.stages), days: fc.integer({ min: 0, max: 20 }), sum: fc.integer({ min: 0, max: 8000 }), more: condition, years: fc.integer({ min: 3, max: 50 }) })
  fc.assert(fc.property(less, ({ days, sum, more, years, ...lists }) => said(lower(lists, { appliesWhen: { all: [UPPER.rules.appliesWhen!, more] }, validYears: years }, { timeLimit: `${days}个工作日`, feeBasis: `每项 ${sum} 元，超出部分每公顷 100 元` })).length === 0))
})
