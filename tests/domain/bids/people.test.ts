import fc from 'fast-check'
import { expect, test } from 'vitest'
import { peopleBetween, sharedPeople, yearsBefore, type PeopleTie } from '#app/domain/bids/people.ts'
import type { Identity } from '#app/domain/bids/ties.ts'

let count = 0
const who = (change: Partial<Identity> = {}): Identity => ({ id: `o${(count += 1)}`, name: `机构${count}`, kind: 'organisation', uscc: `U${count}`, legalRepresentative: `法人${count}`, phone: `1${count}`, address: `地址${count}`, supervisorId: null, supervisingAuthority: null, ...change })
const SINCE = new Date('2023-11-27')
const worked = (name: string, until: string | null, ...licences: string[]) => ({ practitioners: [{ name, licences, until: until === null ? null : new Date(until) }] })
const was = (legalRepresentative: string, until: string) => ({ former: [{ legalRepresentative, phone: null, address: null, until: new Date(until) }] })

test.each<[string, Partial<Identity>, Partial<Identity>, PeopleTie[]]>([
  ['a licence that moved two years ago', worked('周工', '2024-11-27', '监理 L1'), worked('周 工', null, '监理 L1'), ['same-practitioner']],
  ['a licence that moved four years ago', worked('周工', '2022-11-27', '监理 L1'), worked('周工', null, '监理 L1'), []],
  ['two people of one name with licences of their own', worked('周工', null, '监理 L1'), worked('周工', null, '监理 L2'), []],
  ['who stood behind one and stands behind the other', was('王一', '2024-01-01'), { legalRepresentative: '王 一' }, ['former-person']],
  ['who stood behind one too long ago', was('王一', '2023-01-01'), { legalRepresentative: '王一' }, []],
  ['somebody working there who has the owner’s name', worked('王一', null), { kind: 'natural-person', name: '王一', uscc: null, legalRepresentative: null }, ['practitioner-person']],
  ['somebody who left lately', worked('王一', '2026-01-01'), { legalRepresentative: '王一' }, ['practitioner-person']],
  ['one person behind both now, which is a tie of its own', { legalRepresentative: '王一', ...worked('王一', null) }, { legalRepresentative: '王一' }, []],
  ['nobody named', { legalRepresentative: null }, { legalRepresentative: null }, []],
])('%s', (_, one, other, found) => {
  const [a, b] = [who(one), who(other)]
  expect(peopleBetween(a, b, SINCE)).toEqual(found)
  expect(peopleBetween(b, a, SINCE)).toEqual(found)
})

test('years are counted by the calendar', () => {
  expect(yearsBefore(new Date('2026-11-27T02:00:00Z'), 3).toISOString()).toBe('2023-11-27T02:00:00.000Z')
})

const name = fc.constantFrom('王一', '王二', '王三', '周工', null)
const until = fc.constantFrom(null, new Date('2022-01-01'), new Date('2025-01-01'))
const side = fc.record({ legalRepresentative: name, practitioners: fc.array(fc.record({ name: name.map((one) => one ?? '无名'), until, licences: fc.subarray(['L1', 'L2', 'L3']) }), { maxLength: 3 }), former: fc.array(fc.record({ legalRepresentative: name, phone: fc.constant(null), address: fc.constant(null), until: until.map((end) => end ?? SINCE) }), { maxLength: 2 }) })

test('looking only at those who share a name or a licence finds what looking at every pair finds', () => {
  fc.assert(fc.property(fc.array(side, { maxLength: 7 }), side, (sides, ownerSide) => {
    const [bidders, owner] = [sides.map((one) => who(one)), who(ownerSide)]
    const every = bidders.flatMap((one, place) => [
      ...[peopleBetween(one, owner, SINCE)].filter((by) => by.length).map((by) => ({ one: place, other: null as number | null, by })),
      ...bidders.slice(0, place).flatMap((other, earlier) => [peopleBetween(one, other, SINCE)].filter((by) => by.length).map((by) => ({ one: place, other: earlier as number | null, by }))),
    ])
    const sorted = (found: typeof every) => found.map((one) => JSON.stringify(one)).sort()
    expect(sorted(sharedPeople(bidders, owner, SINCE))).toEqual(sorted(every))
  }))
})
