import { expect, test } from 'vitest'
import { isUsual, materialOf } from '#app/domain/cases/usual-material.ts'
import type { Listing, ListingRules } from '#app/domain/catalogue/listing.ts'

const RULES: ListingRules = { bases: [{ type: 'law', title: '《水土保持法》', articles: '25', repealedOn: null }], appliesWhen: null, selfPrepare: true, commissioner: 'applicant', material: { code: 'M-SB', name: '水土保持方案报告书' }, regionalAssessment: null, mergedInto: null, duplicateOf: null, itemCancelledOn: null, freeDownload: null, validYears: null }
const usual = (rules: Partial<ListingRules> = {}, nature: Listing['nature'] = 'statutory') => isUsual({ nature, rules: { ...RULES, ...rules } }, '2026-11-20')

test('every applicant may be asked for what the law asks of every applicant', () => {
  expect(usual()).toBe(true)
  expect(usual({ itemCancelledOn: '2026-11-21' })).toBe(true)
})

test.each<[string, boolean]>([
  ['what the office buys', usual({}, 'authority-commissioned')],
  ['what is bought at will', usual({}, 'market')],
  ['what the office commissions', usual({ commissioner: 'authority' })],
  ['what depends on the project', usual({ appliesWhen: { fact: 'site.hilly', is: true } })],
  ['what is no document', usual({ material: null })],
  ['what another service covers', usual({ mergedInto: 'R01' })],
  ['what is a part of another', usual({ duplicateOf: 'R01' })],
  ['what served an approval that is cancelled', usual({ itemCancelledOn: '2026-11-20' })],
  ['what has no basis', usual({ bases: [] })],
  ['what has none but a notice', usual({ bases: [{ type: 'normative-document', title: '某通知', articles: null, repealedOn: null }] })],
  ['what had a basis', usual({ bases: [{ ...RULES.bases[0]!, repealedOn: '2026-11-20' }] })],
])('nobody is asked beforehand for %s', (_name, found) => {
  expect(found).toBe(false)
})

test('a document goes by its own name and code, or by those of its service', () => {
  expect(materialOf({ code: 'R28', name: '水土保持方案编制', rules: RULES })).toMatchObject({ code: 'M-SB', name: '水土保持方案报告书', source: 'service', listingCode: 'R28', state: 'lacking' })
  expect(materialOf({ code: 'R28', name: '水土保持方案编制', rules: { ...RULES, material: null } })).toMatchObject({ code: 'R28', name: '水土保持方案编制' })
})
