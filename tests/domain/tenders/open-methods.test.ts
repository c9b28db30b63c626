import { expect, test } from 'vitest'
import { policiesFrom } from '#app/domain/divisions/policy.ts'
import { methodsFor, whyNotMethod } from '#app/domain/tenders/open-methods.ts'
import { METHODS, type Method } from '#app/domain/tenders/tender.ts'

type Row = Parameters<typeof policiesFrom>[0][number]
const set = (name: string, value: unknown) => ({ name, value, source: 'test' }) as Row
const NOT_OPEN = 'tenders.method-not-open'

test.each<[Method, string, unknown, string | null, string | null]>([
  ['random', 'noRandom', ['04'], '0404', NOT_OPEN],
  ['random', 'noRandom', ['04'], '0304', null],
  ['random', 'noRandom', ['0404'], '0401', null],
  ['random', 'noRandom', ['04'], null, null],
  ['random', 'randomSelection', 'closed', null, NOT_OPEN],
  ['merit', 'noMerit', ['12'], '1201', NOT_OPEN],
  ['merit', 'noMerit', ['12'], '0404', null],
  ['merit', 'meritSelection', 'closed', '0404', NOT_OPEN],
  ['direct', 'noDirect', ['0404', '1401'], '1401', NOT_OPEN],
  ['direct', 'noDirect', ['0404', '1401'], '1403', null],
  ['direct', 'directSelection', 'closed', '1403', NOT_OPEN],
  ['credit-shortlist', 'creditCategories', ['03'], '0404', NOT_OPEN],
  ['credit-shortlist', 'creditCategories', ['03'], '0301', null],
  ['live-auction', 'noAuction', ['12'], '1201', NOT_OPEN],
  ['live-auction', 'noAuction', ['12'], '0404', 'drafts.price-alone'],
  ['lowest-price', 'noPriceAlone', ['12'], '1201', 'drafts.price-alone'],
  ['average-price', 'priceSelection', 'closed', '1201', NOT_OPEN],
])('%s where %s is %j, for a service of %s', (method, name, value, categoryCode, fault) => {
  const policies = policiesFrom([set(name, value)])
  expect(whyNotMethod(policies, { method, categoryCode })).toBe(fault)
  expect(methodsFor(policies, categoryCode).find((each) => each.method === method)).toEqual({ method, fault })
})

test('what closes one method for a category closes no other, and where policy says nothing only prices alone are kept from design', () => {
  const faults = (rows: Row[]) => Object.fromEntries(methodsFor(policiesFrom(rows), '0404').flatMap(({ method, fault }) => (fault ? [[method, fault]] : [])))
  const byPrice = { 'lowest-price': 'drafts.price-alone', 'average-price': 'drafts.price-alone', 'live-auction': 'drafts.price-alone' }
  expect(faults([])).toEqual(byPrice)
  expect(faults([set('noMerit', ['04'])])).toEqual({ ...byPrice, merit: NOT_OPEN })
  expect(methodsFor(policiesFrom([]), null).map(({ method }) => method)).toEqual([...METHODS])
})
