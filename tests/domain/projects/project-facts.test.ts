import { expect, test } from 'vitest'
import { changedFacts, factFieldsOf, FACT_KEYS, PROJECT_FACTS, ProjectFactsSchema, type ProjectFacts } from '#app/domain/projects/project-facts.ts'
import { FLOW_TYPES, ProjectFactsForm, ProjectForm } from '#app/domain/projects/project.ts'
import { projects as en } from '#app/words/en/projects.ts'
import { projects as zh } from '#app/words/zh/projects.ts'

const FORM = { code: '2026-220106-47-01-000001', name: '绿园区某学校扩建', divisionCode: '220106', flowType: 'government-building', moneySource: 'fiscal', investment: '12,000.50' }

test('every fact has a label, a unit and choices in both languages', () => {
  for (const words of [zh, en]) {
    expect(Object.keys(words.facts).toSorted()).toEqual(FACT_KEYS.toSorted())
    for (const key of FACT_KEYS) {
      const fact = PROJECT_FACTS[key]
      if ('choices' in fact) expect(Object.keys((words.choices as Record<string, Record<string, string>>)[key]!)).toEqual([...fact.choices])
      if ('unit' in fact) expect(words.units[fact.unit]).toBeTruthy()
    }
    expect(Object.keys(words.flowTypes)).toEqual([...FLOW_TYPES])
  }
})

test('what was not said is absent, and no is not the same as not said', () => {
  const parsed = ProjectForm.parse({ ...FORM, 'site.hazardZone': 'no', 'site.hilly': '', 'site.areaSquareMetres': '12,000', 'site.regionalAssessments': 'soil-and-water', 'eia.class': 'form' })
  expect(parsed.facts).toEqual({ 'site.hazardZone': false, 'site.areaSquareMetres': 12000, 'site.regionalAssessments': ['soil-and-water'], 'eia.class': 'form' })
  expect(parsed.investmentFen).toBe(1200050)
})

test('a quantity may be typed with full-width signs, as a sum of money may', () => {
  expect(ProjectFactsForm.parse({ 'site.areaSquareMetres': '１２，０００．５' }).facts).toEqual({ 'site.areaSquareMetres': 12000.5 })
})

test.each([
  ['code', '1999-220106-47-01-000001', 'code'],
  ['site.hazardZone', 'maybe', 'site.hazardZone'],
  ['site.areaSquareMetres', '-1', 'site.areaSquareMetres'],
  ['site.areaSquareMetres', '1e9', 'site.areaSquareMetres'],
  ['eia.class', 'book', 'eia.class'],
  ['moneySource', 'stolen', 'moneySource'],
  ['investment', '-5', 'investment'],
  ['name', '😀😀😀', 'name'],
])('%s = %s is refused at its field', (field, value, path) => {
  const result = ProjectForm.safeParse({ ...FORM, [field]: value })
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
})

test('facts from an API are checked by kind, and unknown ones are refused', () => {
  expect(ProjectFactsSchema.safeParse({ 'site.hilly': true, 'energy.standardCoalTons': 1200 }).success).toBe(true)
  expect(ProjectFactsSchema.safeParse({ 'site.hilly': 'yes' }).success).toBe(false)
  expect(ProjectFactsSchema.safeParse({ 'site.unknown': true }).success).toBe(false)
})

const STANDING: ProjectFacts = { 'site.hazardZone': false, 'site.hilly': true, 'site.areaSquareMetres': 12000.5, 'site.park': '绿园开发区', 'site.regionalAssessments': ['flood', 'energy'], 'soil.class': 'form' }

test('the form filled in with what stands reads back as what stands', () => {
  for (const facts of [STANDING, {}, { 'site.regionalAssessments': [] }]) expect(ProjectFactsForm.parse(factFieldsOf(facts)).facts).toEqual(facts)
})

test('a fact changes when it is added, corrected or taken back, and not by the order of its ticks', () => {
  const { 'site.park': _taken, ...rest } = STANDING
  expect(changedFacts(STANDING, { ...STANDING, 'site.regionalAssessments': ['energy', 'flood'] })).toEqual([])
  expect(changedFacts(STANDING, { ...rest, 'site.hazardZone': true, 'site.heritage': false, 'site.regionalAssessments': [] })).toEqual(['site.hazardZone', 'site.park', 'site.regionalAssessments', 'site.heritage'])
})
