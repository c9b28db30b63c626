import { expect, test } from 'vitest'
import { AnswerForm, CheckForm } from '#app/domain/agencies/agency-check.ts'
import { PractitionerForm } from '#app/domain/agencies/practitioner.ts'
import { faultsOf, missingDocuments, nextStep, OrganisationStep, PeopleStep, STEPS, stepAfter, type Answers } from '#app/domain/agencies/registration.ts'
import { makeUscc } from '#tests/support/factories.ts'

const paper = (kind: 'licence' | 'power-of-attorney') => ({ id: kind, kind, sha256: '', name: '', mediaType: 'application/pdf' as const, bytes: 1 })
const WHOLE: Answers = {
  organisation: { uscc: makeUscc(1), name: '甲', phone: '1', address: '', divisionCode: '220100' },
  account: { displayName: '王', signInName: 'wang' },
  people: { legalRepresentative: '王', agentName: null, contactName: '王', contactPhone: '1' },
  documents: { items: [paper('licence')], done: true },
  qualifications: { items: [], done: true },
  practitioners: { items: [], done: true },
  introduction: { introduction: '', serviceDivisions: ['220100'] },
  commitment: { commitment: 'yes' },
}

test('the first open step is the next one, and a whole registration has none', () => {
  expect(nextStep({})).toBe('organisation')
  expect(nextStep(WHOLE)).toBeNull()
  expect(faultsOf(WHOLE, true)).toEqual([])
  for (const step of STEPS) {
    const { [step]: _, ...rest } = WHOLE
    expect(nextStep(rest)).toBe(step)
    expect(faultsOf(rest, true)[0]).toMatchObject({ step })
  }
  expect(stepAfter('commitment')).toBeNull()
})

test('a list that was begun and never closed is open, and without a password the account is', () => {
  expect(nextStep({ ...WHOLE, qualifications: { items: [], done: false } })).toBe('qualifications')
  expect(faultsOf(WHOLE, false)).toEqual([{ step: 'account', code: 'agencies.step-open' }])
})

test('the licence is always needed, the power of attorney where an agent acts, also one named later', () => {
  expect(missingDocuments({})).toEqual(['agencies.licence-missing'])
  expect(missingDocuments(WHOLE)).toEqual([])
  const agent = { ...WHOLE, people: { ...WHOLE.people!, agentName: '李' } }
  expect(faultsOf(agent, true)).toEqual([{ step: 'documents', code: 'agencies.attorney-missing' }])
  expect(missingDocuments({ ...agent, documents: { items: [paper('licence'), paper('power-of-attorney')], done: true } })).toEqual([])
})

const ORGANISATION = { uscc: makeUscc(2), name: '长春䶮水工程咨询有限公司', phone: '0431-87654321', address: '长春市某路 1 号', divisionCode: '220106' }

test.each([
  [{ uscc: '123456789012345678' }, 'uscc', 'accounts.uscc-organisation-check'],
  [{ uscc: '' }, 'uscc', 'accounts.uscc-required'],
  [{ name: '咨询👍公司' }, 'name', 'accounts.text-pictures'],
  [{ name: '\uE000\uE001公司' }, 'name', 'accounts.text-private'],
  [{ name: '水'.repeat(101) }, 'name', 'accounts.text-long'],
  [{ phone: '一三八' }, 'phone', 'accounts.phone'],
  [{ divisionCode: '二二' }, 'divisionCode', 'catalogue.division-malformed'],
  [{ address: '' }, 'address', 'forms.required'],
])('the first step with %j says at %s: %s', (change, field, message) => {
  const issues = OrganisationStep.safeParse({ ...ORGANISATION, ...change }).error?.issues ?? []
  expect(issues.map((issue) => [issue.path.join('.'), issue.message])).toContainEqual([field, message])
})

test('pasted blanks, small letters and full-width digits of a code are put right', () => {
  const spaced = ` ${ORGANISATION.uscc.toLowerCase().slice(0, 9)}\u3000${ORGANISATION.uscc.slice(9)} `
  expect(OrganisationStep.parse({ ...ORGANISATION, uscc: spaced }).uscc).toBe(ORGANISATION.uscc)
  expect(OrganisationStep.parse({ ...ORGANISATION, phone: '+86 138 0013 8000' }).phone).toBe('13800138000')
})

test('an agent may be left out', () => {
  expect(PeopleStep.parse({ legalRepresentative: '王𠮷', agentName: '', contactName: '李四', contactPhone: '13800138000' }).agentName).toBeNull()
})

test('a person holds up to three licences, each whole, and numbers are compared without blanks', () => {
  const person = { name: '孙七', proof: 'social-insurance', licenceKind1: '注册测绘师', licenceNumber1: ' ab 12 ', licenceKind2: '', licenceNumber2: '', licenceKind3: '注册监理工程师', licenceNumber3: '77' }
  expect(PractitionerForm.parse(person).licences).toEqual([{ kind: '注册测绘师', number: 'AB12' }, { kind: '注册监理工程师', number: '77' }])
  const half = PractitionerForm.safeParse({ ...person, licenceNumber2: '9' })
  expect(half.error?.issues.map(({ path }) => path.join('.'))).toEqual(['licenceKind2'])
  expect(PractitionerForm.safeParse({ ...person, proof: 'friend' }).success).toBe(false)
})

test.each([
  [{ verdict: 'passed' }, null],
  [{ verdict: 'returned', reasons: ['licence-missing', 'attorney-missing'] }, null],
  [{ verdict: 'returned' }, 'agencies.check-reasons'],
  [{ verdict: 'passed', reasons: 'licence-missing' }, 'agencies.check-passed-reasons'],
  [{ verdict: 'returned', reasons: 'other' }, 'agencies.check-note'],
  [{ verdict: 'maybe' }, 'forms.invalid_value'],
])('a formal check of %j: %s', (form, message) => {
  expect(CheckForm.safeParse(form).error?.issues[0]?.message ?? null).toBe(message)
})

test('an answer says something', () => {
  expect(AnswerForm.safeParse({ answer: ' ' }).success).toBe(false)
})
