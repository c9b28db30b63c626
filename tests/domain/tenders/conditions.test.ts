import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Admission, Qualification, QualificationKind } from '#app/domain/agencies/qualification.ts'
import { conditionFaults, conditionsOf, conditionValues, licencesOf, mustStillBeRequirable, NO_CONDITIONS, type Conditions } from '#app/domain/tenders/conditions.ts'

const kind = (code: string, name: string, grades: string[], admission: Admission, practitioners: string[] = []): QualificationKind => ({ code, name, grades, admission, practitioners, category: '—', issuer: null, validYears: null, note: '', source: '', categories: [] })
const KINDS = [kind('Q13', '测绘资质', ['甲级', '乙级'], 'statutory', ['注册测绘师']), kind('Q05', '工程监理资质', ['综合资质', '专业甲级', '专业乙级'], 'statutory', ['注册监理工程师']), kind('Q06', '工程造价咨询', [], 'abolished', ['一级造价工程师']), kind('Q08', '工程咨询资信', ['甲级'], 'voluntary')]
const certificate = (of: string, grade: string | null, validUntil: string | null = null): Qualification => ({ id: of, kind: of, grade, scope: '', issuer: '—', number: '1', validUntil })
const refused = (code: string, field: string) => expect.objectContaining({ refusal: true, code, field })

test.each([
  ['an abolished one', { qualification1: 'Q06|' }, 'agencies.qualification-abolished', 'qualification1'],
  ['a voluntary one', { qualification2: 'Q08|甲级' }, 'agencies.qualification-voluntary', 'qualification2'],
  ['one that nobody knows', { qualification3: '__proto__' }, 'agencies.qualification-unknown', 'qualification3'],
  ['a grade that it has not', { qualification1: 'Q13|特级' }, 'agencies.grade-unknown', 'qualification1'],
  ['people of an abolished licence', { practitionerLicence: '一级造价工程师' }, 'drafts.licence-unknown', 'practitionerLicence'],
])('%s cannot be asked for, and the field says by which rule', (_, fields, code, field) => {
  expect(() => conditionsOf(fields, KINDS)).toThrow(refused(code, field))
})

test('what a form says is kept with name and grades, and is shown again as it was', () => {
  const conditions = conditionsOf({ qualification1: 'Q13|乙级', qualification3: 'Q05|', qualificationNeed: 'any', practitionerLicence: '注册测绘师', practitionersLeast: 2 }, KINDS)
  expect(conditions).toEqual({ need: 'any', of: [{ kind: 'Q13', name: '测绘资质', gradeAtLeast: '乙级', grades: ['甲级', '乙级'] }, { kind: 'Q05', name: '工程监理资质', gradeAtLeast: null, grades: ['综合资质', '专业甲级', '专业乙级'] }], practitioners: { licence: '注册测绘师', least: 2 } })
  expect(conditionValues(conditions)).toEqual({ qualificationNeed: 'any', qualification1: 'Q13|乙级', qualification2: 'Q05|', qualification3: '', practitionerLicence: '注册测绘师', practitionersLeast: '2' })
  expect(conditionsOf({}, KINDS)).toEqual(NO_CONDITIONS)
  expect(licencesOf(KINDS)).toEqual(['注册测绘师', '注册监理工程师'])
})

test('a draft whose certificate a law has let go of since cannot be published', () => {
  const conditions = conditionsOf({ qualification1: 'Q13|' }, KINDS)
  mustStillBeRequirable(conditions, KINDS)
  expect(() => mustStillBeRequirable(conditions, [{ ...KINDS[0]!, admission: 'abolished' }])).toThrow(expect.objectContaining({ code: 'agencies.qualification-abolished' }))
})

const asked = (need: 'all' | 'any', ...of: string[]): Conditions => conditionsOf({ qualificationNeed: need, qualification1: of[0] ?? '', qualification2: of[1] ?? '' }, KINDS)
const ON = '2026-03-05'
test.each<[string, Conditions, Qualification[], boolean]>([
  ['nothing asked is met by nobody’s papers', NO_CONDITIONS, [], true],
  ['the grade itself', asked('all', 'Q13|乙级'), [certificate('Q13', '乙级')], true],
  ['a higher grade', asked('all', 'Q13|乙级'), [certificate('Q13', '甲级')], true],
  ['a lower grade', asked('all', 'Q13|甲级'), [certificate('Q13', '乙级')], false],
  ['its last day', asked('all', 'Q13|'), [certificate('Q13', '乙级', ON)], true],
  ['the day after', asked('all', 'Q13|'), [certificate('Q13', '乙级', '2026-03-04')], false],
  ['one of two where both are needed', asked('all', 'Q13|', 'Q05|'), [certificate('Q13', '甲级')], false],
  ['one of two where any will do', asked('any', 'Q13|', 'Q05|'), [certificate('Q05', '专业乙级')], true],
  ['neither', asked('any', 'Q13|', 'Q05|'), [certificate('Q06', null)], false],
])('%s: met %#', (_, conditions, qualifications, met) => {
  expect(conditionFaults(conditions, { qualifications, licences: [] }, ON)).toEqual(met ? [] : ['asked-qualification'])
})

test('people count by their licence, however its name is written', () => {
  const conditions: Conditions = { ...NO_CONDITIONS, practitioners: { licence: '注册土木工程师（岩土）', least: 2 } }
  const people = (kind: string, count: number) => conditionFaults(conditions, { qualifications: [], licences: [{ kind, people: count }] }, ON)
  expect(people('注册土木工程师(岩土)', 2)).toEqual([])
  expect(people('注册土木工程师（岩土）', 1)).toEqual(['asked-practitioners'])
  expect(people('注册测绘师', 9)).toEqual(['asked-practitioners'])
})

test('more papers, higher grades and more people never make anybody short', () => {
  const grade = fc.constantFrom('甲级', '乙级')
  fc.assert(
    fc.property(fc.constantFrom<'all' | 'any'>('all', 'any'), grade, grade, fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 5 }), (need, least, held, people, more, number) => {
      const conditions: Conditions = { ...asked(need, `Q13|${least}`, 'Q05|'), practitioners: { licence: '注册测绘师', least: number } }
      const faults = (qualifications: Qualification[], count: number) => conditionFaults(conditions, { qualifications, licences: [{ kind: '注册测绘师', people: count }] }, ON)
      const before = faults([certificate('Q13', held)], people)
      for (const fault of faults([certificate('Q13', '甲级'), certificate('Q05', '综合资质')], people + more)) expect(before).toContain(fault)
    }),
  )
})
