import { expect, test } from 'vitest'
import { CaseInput, type ProjectInput } from '#app/domain/cases/case.ts'
import { milestoneOf, type ServiceFacts } from '#app/domain/cases/milestone.ts'
import { faultsOf } from '#app/http/problem.server.ts'

const CASE = {
  projectCode: '2020-451421-88-03-016343-000',
  approvalItem: 'A01',
  flowType: 'industrial',
  applicant: { uscc: null, name: '王一' },
  receivedAt: '2026-11-02T09:00:00+08:00',
  materials: [{ code: 'M1', name: '水土保持方案', source: 'service', service: 'R28' }],
}

const pointers = (schema: typeof CaseInput | typeof ProjectInput, body: unknown) => {
  const parsed = schema.safeParse(body)
  return parsed.success ? [] : faultsOf(parsed.error).map(({ pointer, code }) => `${pointer} ${code}`)
}

test('a whole case is read, and what is left out is not known', () => {
  expect(CaseInput.parse(CASE)).toMatchObject({ nationalCode: null, lane: null, statutoryDays: null, states: [], materials: [{ source: 'service', listingCode: 'R28', sharedFrom: null, state: 'lacking' }] })
})

test.each([
  ['an unknown field', { ...CASE, colour: 'red' }, ['/colour guard.unknown-field']],
  ['an unknown field of a document', { ...CASE, materials: [{ code: 'M', name: '材料', pages: 3 }] }, ['/materials/0/pages guard.unknown-field']],
  ['a service where there is none', { ...CASE, materials: [{ code: 'M', name: '材料', service: 'R28' }] }, ['/materials/0/service cases.service-needless']],
  ['a service that is not named', { ...CASE, materials: [{ code: 'M', name: '材料', source: 'service' }] }, ['/materials/0/service cases.service-needed']],
  ['a document turned away for no reason', { ...CASE, materials: [{ code: 'M', name: '材料', state: 'turned-away' }] }, ['/materials/0/reason cases.reason-needed']],
  ['a document twice', { ...CASE, materials: [{ code: 'M', name: '材料' }, { code: 'M', name: '别的材料' }] }, ['/materials/1/code cases.twice']],
  ['a state beyond the fifteen', { ...CASE, states: [{ state: 16, at: '2026-11-02T09:00:00+08:00' }] }, ['/states/0/state cases.state']],
  ['a time without its zone', { ...CASE, receivedAt: '2026-11-02 09:00' }, ['/receivedAt cases.instant']],
  ['a name of a million signs', { ...CASE, applicant: { name: '甲'.repeat(1_000_000) } }, ['/applicant/name accounts.text-long']],
  ['half a code', { ...CASE, implementationCode: '123' }, ['/implementationCode cases.implementation-code']],
  ['a wrong check digit', { ...CASE, applicant: { uscc: '123456789012345678', name: '甲公司' } }, ['/applicant/uscc accounts.uscc-organisation-check']],
])('%s is refused with its pointer', (_, body, faults) => {
  expect(pointers(CaseInput, body)).toEqual(faults)
})

const facts = (more: Partial<ServiceFacts> = {}): ServiceFacts => ({ isIn: false, tender: null, contract: null, deliverable: null, isOnFile: false, isUndemandable: false, isWithdrawn: false, ...more })
const running = { isPublished: true, isOver: false, isProvisional: false, isAwarded: false }

test.each([
  ['to-open', facts()],
  ['by-itself', facts({ isIn: true })],
  ['to-publish', facts({ tender: { ...running, isPublished: false } })],
  ['to-select', facts({ tender: running })],
  ['to-confirm-agency', facts({ tender: { ...running, isProvisional: true } })],
  ['to-file-contract', facts({ tender: { ...running, isAwarded: true } })],
  ['to-confirm-contract', facts({ tender: { ...running, isAwarded: true }, contract: { confirmed: false } })],
  ['to-deliver', facts({ tender: { ...running, isAwarded: true }, contract: { confirmed: true } })],
  ['to-accept', facts({ tender: { ...running, isAwarded: true }, contract: { confirmed: true }, deliverable: { accepted: false } })],
  ['landed', facts({ isIn: true, tender: { ...running, isAwarded: true }, contract: { confirmed: true }, deliverable: { accepted: true } })],
  ['to-open', facts({ tender: { ...running, isOver: true } })],
  ['on-file', facts({ isOnFile: true })],
  ['on-file', facts({ isOnFile: true, tender: { ...running, isOver: true } })],
  ['to-select', facts({ isOnFile: true, tender: running })],
  ['by-itself', facts({ isOnFile: true, isIn: true })],
  ['not-demandable', facts({ isUndemandable: true })],
  ['withdrawn', facts({ isWithdrawn: true })],
  ['to-select', facts({ isWithdrawn: true, tender: running })],
  ['not-demandable', facts({ isUndemandable: true, tender: { ...running, isOver: true } })],
  ['on-file', facts({ isUndemandable: true, isOnFile: true })],
  ['by-itself', facts({ isUndemandable: true, isIn: true })],
  // Bought all the same, since the owner wanted it.
  ['to-select', facts({ isUndemandable: true, tender: running })],
] as const)('%s', (milestone, given) => {
  expect(milestoneOf(given)).toBe(milestone)
})
