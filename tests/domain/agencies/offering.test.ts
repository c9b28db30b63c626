import { expect, test } from 'vitest'
import { offer, OfferingForm } from '#app/domain/agencies/offering.ts'
import type { Listing } from '#app/domain/catalogue/listing.ts'

const at = new Date('2026-11-20T02:00:00Z')
const FORM = { listingCode: 'zj001', conditions: '提供用地红线图', process: '现场踏勘，编制，交付', promisedDays: '15', fee: '按合同约定', serviceDivisions: ['220106'] }
const agency = { organisationId: 'o', admittedAt: at, committedAt: at, noticeEndsAt: null, check: null, expelledAt: null }
const listing = { id: 'l', code: 'ZJ001', divisionCode: '220100', nature: 'market', inForceFrom: '2026-01-01', inForceUntil: null } as Listing
const given = { agency, listing, at, on: '2026-11-20', id: 'x' }

test('an agency offers a listed service of any nature, where it says it serves', () => {
  expect(offer(OfferingForm.parse(FORM), given)).toMatchObject({ agencyId: 'o', listingCode: 'ZJ001', promisedDays: 15, serviceDivisions: ['220106'] })
})

test.each([
  ['a service that is not listed', { listing: undefined }, 'agencies.listing-unknown'],
  ['a service whose listing has ended', { listing: { ...listing, inForceUntil: '2026-11-20' } }, 'agencies.listing-unknown'],
  ['an agency that was never admitted', { agency: undefined }, 'agencies.not-admitted'],
  ['an agency whose agreement has ended', { agency: { ...agency, expelledAt: at } }, 'agencies.not-admitted'],
  ['a place outside the list', { listing: { ...listing, divisionCode: '220200' } }, 'agencies.division-outside'],
])('%s is refused', (_what, change, code) => {
  expect(() => offer(OfferingForm.parse(FORM), { ...given, ...change })).toThrow(expect.objectContaining({ code }))
})

test.each([
  ['promisedDays', '0', 'agencies.days-few'],
  ['promisedDays', '1001', 'agencies.days-many'],
  ['promisedDays', '两周', 'forms.number'],
  ['promisedDays', '1.5', 'forms.number'],
  ['conditions', '', 'forms.required'],
  ['fee', '💰', 'accounts.text-pictures'],
  ['serviceDivisions', [], 'agencies.divisions-none'],
  ['serviceDivisions', ['Mars'], 'catalogue.division-malformed'],
])('%s = %j is refused: %s', (field, value, message) => {
  expect(OfferingForm.safeParse({ ...FORM, [field]: value }).error?.issues.map((issue) => issue.message)).toContain(message)
})

test('who leaves the days open is told once', () => {
  const { error } = OfferingForm.safeParse({ listingCode: 'R28', conditions: '立项文件', process: '踏勘', promisedDays: '', fee: '按面积', serviceDivisions: '220100' })
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([['promisedDays', 'forms.required']])
})
