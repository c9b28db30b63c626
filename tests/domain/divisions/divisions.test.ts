import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainOf, isWithin, levelOf, parentCodeOf } from '#app/domain/divisions/division.ts'
import { isPolicyName, PARAMETERS, policiesFrom, valueOf, type PolicyName } from '#app/domain/divisions/policy.ts'

const DIVISIONS = JSON.parse(readFileSync(new URL('../../../db/seeds/data/divisions.json', import.meta.url), 'utf8')) as [string, string][]

test('a county asks itself, then its city, then its province', () => {
  expect(chainOf('220106')).toEqual(['220106', '220100', '220000'])
  expect(chainOf('220000')).toEqual(['220000'])
  expect(isWithin('220106', '220100')).toBe(true)
  expect(isWithin('220200', '220100')).toBe(false)
})

test('the whole mainland is there: 31, 342 and 2,978, of which three cities without counties stand for themselves', () => {
  const counts = Object.groupBy(DIVISIONS, ([code]) => levelOf(code))
  expect([counts.province?.length, counts.city?.length, counts.county?.length]).toEqual([31, 342, 2978 - 3])
  expect(new Map(DIVISIONS).get('220106')).toBe('绿园区')
})

test('every division but a province lies in one that exists', () => {
  const codes = new Set(DIVISIONS.map(([code]) => code))
  expect(codes.size).toBe(DIVISIONS.length)
  expect(DIVISIONS.filter(([code]) => parentCodeOf(code) !== null && !codes.has(parentCodeOf(code)!))).toEqual([])
})

test('a chain always ends in a province and never repeats', () => {
  fc.assert(fc.property(fc.integer({ min: 110000, max: 659999 }).map(String), (code) => {
    const chain = chainOf(code)
    expect(new Set(chain).size).toBe(chain.length)
    expect(levelOf(chain.at(-1)!)).toBe('province')
  }))
})

test('without rows every parameter says our default, and where it comes from', () => {
  const policies = policiesFrom([])
  expect(policies.application).toEqual({ value: { n: 3, unit: 'wd' }, source: 'default', setBy: null, fromOn: null })
  expect(policies.publicity.source).toBe('招标投标法实施条例 54')
  expect(policies.minimumBidders.value).toBe(2)
  expect(policies.bidsPerAgency).toMatchObject({ value: 20, source: 'default' })
})

test('the nearest division wins, and says since when', () => {
  const row = (divisionCode: string, n: number) => ({ divisionCode, name: 'application', value: { n, unit: 'd' }, source: 'x', fromOn: '2026-01-01' })
  expect(policiesFrom([row('220000', 10), row('220106', 5)]).application).toEqual({ value: { n: 5, unit: 'd' }, source: 'x', setBy: '220106', fromOn: '2026-01-01' })
})

test('a row that does not fit its parameter is a fault and no rule', () => {
  expect(() => valueOf('application', 3)).toThrow()
  expect(() => valueOf('minimumBidders', { n: 3, unit: 'd' })).toThrow()
  expect(() => valueOf('regime', 'whatever')).toThrow()
  expect(isPolicyName('constructor')).toBe(false)
})

test('every parameter fits itself', () => {
  for (const name of Object.keys(PARAMETERS) as PolicyName[]) expect(valueOf(name, PARAMETERS[name].value)).toEqual(PARAMETERS[name].value)
})
