import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ADMISSIONS, checkKind, choiceOf, isValid, kindsNeededFor, mayRequire, meets, mustBeRequirable, QualificationForm, qualificationFault, type Qualification, type QualificationKind } from '#app/domain/agencies/qualification.ts'
import { qualificationKindsOf, type QualificationFact } from '#db/seeds/qualification-kinds.ts'
import { readData } from '#db/seeds/reference.ts'

const KINDS = qualificationKindsOf(readData<QualificationFact[]>('qualifications.json'))
const named = (name: string) => KINDS.find((kind) => kind.name === name)!
const SURVEY = named('测绘资质')
const held = (change: Partial<Qualification> = {}): Qualification => ({ id: 'q', kind: SURVEY.code, grade: '甲级', scope: '', issuer: '自然资源部', number: '1', validUntil: '2027-06-30', ...change })
const ON = '2026-11-27'

test('every kind of the list has a name of its own, its code, and a category that says what law asks for it only where law does', () => {
  expect(KINDS).toHaveLength(39)
  expect(new Set(KINDS.map(({ code }) => code)).size).toBe(39)
  for (const kind of KINDS) {
    expect(ADMISSIONS).toContain(kind.admission)
    if (kind.categories.length) expect(mayRequire(kind), kind.name).toBeNull()
  }
})

test.each([
  ['（无资质）工程造价咨询', 'agencies.qualification-abolished'],
  ['（无资质）工程招标代理', 'agencies.qualification-abolished'],
  ['（无资质）环评文件编制单位', 'agencies.qualification-abolished'],
  ['工程咨询单位资信评价', 'agencies.qualification-voluntary'],
  ['水土保持方案编制单位水平评价', 'agencies.qualification-voluntary'],
  ['（无许可）消防设施维护保养检测机构从业条件', 'agencies.qualification-conditions'],
  ['人防工程和其他人防防护设施设计资质', 'agencies.qualification-unconfirmed'],
])('nobody may require %s', (name, code) => {
  expect(mayRequire(named(name))).toBe(code)
  expect(() => mustBeRequirable(named(name))).toThrow(expect.objectContaining({ code, kind: 'invalid', params: { name } }))
})

test('what a law still asks for may be required', () => {
  expect(mayRequire(SURVEY)).toBeNull()
  expect(() => mustBeRequirable(SURVEY)).not.toThrow()
})

test.each<[string, Qualification[], string | null, boolean]>([
  ['the same grade', [held()], '甲级', true],
  ['a higher grade', [held()], '乙级', true],
  ['a lower grade', [held({ grade: '乙级' })], '甲级', false],
  ['any grade where none is named', [held({ grade: '乙级' })], null, true],
  ['nothing held', [], null, false],
  ['another kind', [held({ kind: 'Q01' })], null, false],
  ['on its last day', [held({ validUntil: ON })], '甲级', true],
  ['the day after its last', [held({ validUntil: '2026-11-26' })], '甲级', false],
  ['without a term', [held({ validUntil: null })], '甲级', true],
  ['an expired one beside a valid one', [held({ validUntil: '2020-01-01' }), held({ number: '2' })], '甲级', true],
  ['a grade that nobody knows', [held({ grade: '特级' })], '甲级', false],
])('a requirement is met or not: %s', (_what, holds, gradeAtLeast, expected) => {
  expect(meets({ need: 'all', of: [{ kind: SURVEY.code, gradeAtLeast }] }, holds, ON, KINDS)).toBe(expected)
})

test('all means each of them, any means one; nothing asked is met by everybody', () => {
  const of = [{ kind: SURVEY.code, gradeAtLeast: '乙级' }, { kind: 'Q01', gradeAtLeast: null }]
  expect(meets({ need: 'all', of }, [held()], ON, KINDS)).toBe(false)
  expect(meets({ need: 'any', of }, [held()], ON, KINDS)).toBe(true)
  expect(meets({ need: 'all', of: [] }, [], ON, KINDS)).toBe(true)
  expect(meets({ need: 'any', of: [] }, [], ON, KINDS)).toBe(true)
})

test('more certificates never meet less, and an expired one changes nothing', () => {
  const one = fc.record({ kind: fc.constantFrom('Q01', 'Q05', SURVEY.code), grade: fc.constantFrom('甲级', '乙级', '专业甲级', null), validUntil: fc.constantFrom(null, '2026-01-01', '2030-01-01') })
  const requirement = fc.record({ need: fc.constantFrom('all' as const, 'any' as const), of: fc.array(fc.record({ kind: fc.constantFrom('Q01', 'Q05', SURVEY.code), gradeAtLeast: fc.constantFrom(null, '甲级', '乙级') }), { maxLength: 3 }) })
  fc.assert(
    fc.property(requirement, fc.array(one, { maxLength: 4 }), one, (asked, some, more) => {
      const [before, extra] = [some.map((given) => held(given)), held(more)]
      if (meets(asked, before, ON, KINDS)) expect(meets(asked, [...before, extra], ON, KINDS)).toBe(true)
      if (!isValid(extra, ON)) expect(meets(asked, [...before, extra], ON, KINDS)).toBe(meets(asked, before, ON, KINDS))
    }),
  )
})

test('expiry stops what is new; a certificate that nobody recorded stops it only where the division says so', () => {
  const needed = kindsNeededFor('0301', KINDS)
  expect(needed).toEqual([SURVEY])
  expect(kindsNeededFor('0701', KINDS)).toEqual([])
  expect(kindsNeededFor(null, KINDS)).toEqual([])
  expect(qualificationFault(needed, [held()], ON, 'not-expired')).toBeNull()
  expect(qualificationFault(needed, [held({ validUntil: '2026-11-26' })], ON, 'not-expired')).toBe('expired')
  expect(qualificationFault(needed, [], ON, 'not-expired')).toBeNull()
  expect(qualificationFault(needed, [], ON, 'recorded')).toBe('missing')
  expect(qualificationFault([], [], ON, 'recorded')).toBeNull()
})

const FORM = { kind: choiceOf({ kind: SURVEY.code, grade: '甲级' }), number: '甲测资字 22100001', issuer: '自然资源部', scope: '', validUntil: '2030-12-31' }

test('a form says kind and grade as one choice, and the list of kinds has the last word', () => {
  expect(QualificationForm.parse(FORM)).toMatchObject({ kind: SURVEY.code, grade: '甲级', validUntil: '2030-12-31' })
  expect(QualificationForm.parse({ ...FORM, validUntil: '' }).validUntil).toBeNull()
  expect(checkKind({ kind: SURVEY.code, grade: '甲级' }, KINDS)).toBe(SURVEY)
  for (const [kind, grade, code] of [['Q99', null, 'agencies.qualification-unknown'], [SURVEY.code, '特级', 'agencies.grade-unknown'], [SURVEY.code, null, 'agencies.grade-unknown'], [named('（无资质）工程造价咨询').code, '甲级', 'agencies.grade-unknown']] as const) {
    expect(() => checkKind({ kind, grade }, KINDS as QualificationKind[])).toThrow(expect.objectContaining({ code }))
  }
})

test.each([
  [{ kind: '' }, 'kind', 'forms.required'],
  [{ number: '' }, 'number', 'forms.required'],
  [{ number: '1'.repeat(61) }, 'number', 'accounts.text-long'],
  [{ issuer: '部😀' }, 'issuer', 'accounts.text-pictures'],
  [{ validUntil: '2026-02-30' }, 'validUntil', 'forms.date'],
])('the form with %j says at %s: %s', (change, field, message) => {
  const issues = QualificationForm.safeParse({ ...FORM, ...change }).error?.issues ?? []
  expect(issues.map((issue) => [issue.path.join('.'), issue.message])).toContainEqual([field, message])
})

test('rare characters are kept as they are', () => {
  expect(QualificationForm.parse({ ...FORM, issuer: '䶮水𠮷自然资源局' }).issuer).toBe('䶮水𠮷自然资源局')
})
