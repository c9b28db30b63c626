import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BASIS_TYPES, carries, type Basis, type BasisType } from '#app/domain/catalogue/basis.ts'
import { doerOf, headlineOf, isDemandable } from '#app/domain/catalogue/demandability.ts'
import { isInForce, NATURES, type Nature } from '#app/domain/catalogue/listing.ts'

const basis = (type: BasisType, repealedOn: string | null = null): Basis => ({ type, title: '某法', articles: null, repealedOn })
const listing = (nature: Nature, bases: Basis[], given: { commissioner?: 'applicant' | 'authority'; selfPrepare?: boolean; inForceFrom?: string; inForceUntil?: string | null } = {}) => ({
  nature,
  inForceFrom: given.inForceFrom ?? '2023-01-01',
  inForceUntil: given.inForceUntil ?? null,
  rules: { bases, commissioner: given.commissioner ?? ('applicant' as const), selfPrepare: given.selfPrepare ?? null },
})
const ON = '2026-11-22'

test.each([
  ['a law', 'law', true],
  ['an administrative regulation', 'administrative-regulation', true],
  ['a local regulation', 'local-regulation', true],
  ['a decision of the State Council', 'state-council-decision', true],
  ['a ministerial rule alone', 'ministerial-rule', false],
  ['a notice alone', 'normative-document', false],
] as const)('%s makes a service demandable or not', (_name, type, may) => {
  expect(headlineOf(listing('statutory', [basis(type)]), ON)).toBe(may ? 'may-be-demanded' : 'may-be-bought')
})

test('a basis carries until the day it is repealed, and no longer', () => {
  const repealed = basis('law', '2026-11-22')
  expect(carries(repealed, '2026-11-21')).toBe(true)
  expect(carries(repealed, '2026-11-22')).toBe(false)
})

test('the first day counts, the last day named does not', () => {
  const period = { inForceFrom: '2023-01-01', inForceUntil: '2024-01-01' }
  expect(['2022-12-31', '2023-01-01', '2023-12-31', '2024-01-01'].map((day) => isInForce(period, day))).toEqual([false, true, true, false])
})

test('a market service is bought whatever it names, and what the office commissions it pays', () => {
  expect(headlineOf(listing('market', [basis('law')]), ON)).toBe('may-be-bought')
  expect(headlineOf(listing('authority-commissioned', [basis('law')]), ON)).toBe('office-pays')
  expect(headlineOf(listing('statutory', [basis('law')], { commissioner: 'authority' }), ON)).toBe('office-pays')
})

test('what the applicant may write itself is demanded as a document, and no agency with it', () => {
  expect(headlineOf(listing('statutory', [basis('law')], { selfPrepare: true }), ON)).toBe('document-may-be-demanded')
  expect(headlineOf(listing('statutory', [basis('law')], { selfPrepare: false }), ON)).toBe('may-be-demanded')
  expect(headlineOf(listing('statutory', [], { selfPrepare: true }), ON)).toBe('may-be-bought')
})

test('nothing is ever demandable without a basis that carries it on that day, in force', () => {
  const bases = fc.array(fc.record({ type: fc.constantFrom(...BASIS_TYPES), title: fc.constant('某法'), articles: fc.constant(null), repealedOn: fc.constantFrom(null, '2020-01-01', '2030-01-01') }))
  fc.assert(fc.property(fc.constantFrom(...NATURES), bases, fc.constantFrom('2022-12-31', ON), (nature, given, on) => {
    const may = isDemandable(headlineOf(listing(nature, given), on))
    expect(may).toBe(nature === 'statutory' && on === ON && given.some((one) => carries(one, on)))
  }))
})

test('who does it is not said where nobody has said it', () => {
  expect(doerOf({ nature: 'market', rules: { commissioner: 'applicant', selfPrepare: null } })).toBe('unsaid')
  expect(doerOf({ nature: 'statutory', rules: { commissioner: 'applicant', selfPrepare: true } })).toBe('applicant-or-agency')
  expect(doerOf({ nature: 'authority-commissioned', rules: { commissioner: 'authority', selfPrepare: true } })).toBe('office')
})
