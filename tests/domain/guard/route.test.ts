import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policiesFrom } from '#app/domain/divisions/policy.ts'
import { routeOf, type Purchase } from '#app/domain/guard/route.ts'

const LIMITS = {
  ...policiesFrom([]),
  ...policiesFrom([
    { divisionCode: '220100', name: 'procurementLimit', value: 100_000_000, source: 'test', fromOn: '2026-01-01' },
    { divisionCode: '220100', name: 'mandatoryTender', value: 60_000_000, source: 'test', fromOn: '2026-01-01' },
    { divisionCode: '220100', name: 'mandatoryTenderCategories', value: ['0401', '0402', '1401'], source: 'test', fromOn: '2026-01-01' },
    { divisionCode: '220100', name: 'centralCatalogue', value: ['13'], source: 'test', fromOn: '2026-01-01' },
  ]),
}
const aPurchase = (given: Partial<Purchase> = {}): Purchase => ({ categoryCode: '0601', moneySource: 'fiscal', ceilingFen: 5_000_000, yearTotalFen: 0, exemption: null, ...given })

test.each<[string, Partial<Purchase>, string]>([
  ['fiscal money below every limit must come here', {}, 'marketplace'],
  ['fiscal money one fen below the limit must come here', { ceilingFen: 99_999_999 }, 'marketplace'],
  ['fiscal money at the limit is government procurement', { ceilingFen: 100_000_000 }, 'government-procurement'],
  ['a split purchase reaches the limit with what went before', { ceilingFen: 1, yearTotalFen: 99_999_999 }, 'government-procurement'],
  ['what the central catalogue names is bought centrally', { categoryCode: '1303' }, 'central-catalogue'],
  ['survey at the threshold is a mandatory tender', { categoryCode: '0401', ceilingFen: 60_000_000 }, 'mandatory-tender'],
  ['survey below the threshold is not', { categoryCode: '0401', ceilingFen: 59_999_999 }, 'marketplace'],
  ['state-owned money meets the mandatory tender too', { moneySource: 'state-owned', categoryCode: '1401', ceilingFen: 60_000_000 }, 'mandatory-tender'],
  ['state-owned money is otherwise free', { moneySource: 'state-owned', ceilingFen: 900_000_000 }, 'free'],
  ['private money is free', { moneySource: 'private', categoryCode: '0401', ceilingFen: 900_000_000 }, 'free'],
  ['a service without a category is measured by the procurement limit', { categoryCode: null, ceilingFen: 100_000_000 }, 'government-procurement'],
  ['a disaster is exempt', { exemption: 'disaster', ceilingFen: 900_000_000 }, 'exempt'],
  ['an accident inquiry is exempt', { exemption: 'accident-inquiry' }, 'exempt'],
  ['a state secret is exempt', { exemption: 'state-secret' }, 'exempt'],
])('%s', (_, given, route) => {
  expect(routeOf(aPurchase(given), LIMITS).route).toBe(route)
})

test('however a purchase is split, its last part takes the route of the whole', () => {
  const part = fc.integer({ min: 1, max: 80_000_000 })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.constantFrom('0401', '0601', '1301', null), fc.constantFrom('fiscal', 'state-owned', 'private'), (parts, categoryCode, moneySource) => {
      const whole = parts.reduce((sum, one) => sum + one, 0)
      const last = parts.at(-1)!
      const given = { categoryCode, moneySource } as const
      expect(routeOf(aPurchase({ ...given, ceilingFen: last, yearTotalFen: whole - last }), LIMITS)).toEqual(routeOf(aPurchase({ ...given, ceilingFen: whole }), LIMITS))
    }),
  )
})
